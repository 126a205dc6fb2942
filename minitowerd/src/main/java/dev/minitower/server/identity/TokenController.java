package dev.minitower.server.identity;

import dev.minitower.model.api.CreateTokenRequest;
import dev.minitower.model.api.CreatedTokenResponse;
import dev.minitower.model.api.MeResponse;
import dev.minitower.model.api.TokenListResponse;
import dev.minitower.server.platform.ServerVersion;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.web.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who one is, and the team's tokens. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
final class TokenController {
  private final TokenService tokens;

  TokenController(TokenService tokens) {
    this.tokens = tokens;
  }

  @GetMapping("/me")
  MeResponse me(TeamPrincipal me) {
    return new MeResponse(
        me.teamId(), me.teamSlug(), me.tokenId(), me.role(), ServerVersion.current());
  }

  @PostMapping("/tokens")
  @ResponseStatus(HttpStatus.CREATED)
  CreatedTokenResponse create(TeamPrincipal creator, @RequestBody CreateTokenRequest request) {
    return tokens.create(creator, request);
  }

  @GetMapping("/tokens")
  TokenListResponse list(TeamPrincipal viewer, Page page) {
    return tokens.list(viewer, page);
  }

  @DeleteMapping("/tokens/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(TeamPrincipal revoker, @PathVariable long id) {
    tokens.revoke(revoker, id);
  }
}
