package dev.minitower.server.identity;

import dev.minitower.model.api.AuthOptionsResponse;
import dev.minitower.model.api.BootstrapTeamRequest;
import dev.minitower.model.api.ChangePasswordRequest;
import dev.minitower.model.api.LoginRequest;
import dev.minitower.model.api.SignupRequest;
import dev.minitower.model.api.TeamTokenResponse;
import dev.minitower.server.identity.BootstrapService.Bootstrapped;
import dev.minitower.server.platform.auth.OperatorSecrets;
import dev.minitower.server.platform.auth.TeamPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The ways in: sign-up, log-in, bootstrap. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
final class TeamController {
  private final SignupService signups;
  private final LoginService logins;
  private final BootstrapService bootstraps;
  private final OperatorSecrets secrets;

  TeamController(
      SignupService signups,
      LoginService logins,
      BootstrapService bootstraps,
      OperatorSecrets secrets) {
    this.signups = signups;
    this.logins = logins;
    this.bootstraps = bootstraps;
    this.secrets = secrets;
  }

  @GetMapping("/auth/options")
  AuthOptionsResponse options() {
    return new AuthOptionsResponse(signups.isOpen(), secrets.bootstrapEnabled());
  }

  @PostMapping("/teams/signup")
  @ResponseStatus(HttpStatus.CREATED)
  TeamTokenResponse signUp(@RequestBody SignupRequest request) {
    return signups.signUp(request);
  }

  @PostMapping("/teams/login")
  @ResponseStatus(HttpStatus.CREATED)
  TeamTokenResponse logIn(@RequestBody LoginRequest request, HttpServletRequest connection) {
    return logins.logIn(request, connection.getRemoteAddr());
  }

  @PostMapping("/teams/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void changePassword(
      TeamPrincipal admin,
      @RequestBody ChangePasswordRequest request,
      HttpServletRequest connection) {
    logins.changePassword(admin, request, connection.getRemoteAddr());
  }

  @PostMapping("/bootstrap/team")
  ResponseEntity<TeamTokenResponse> bootstrap(@RequestBody BootstrapTeamRequest request) {
    Bootstrapped bootstrapped = bootstraps.bootstrap(request);
    return ResponseEntity.status(bootstrapped.created() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(bootstrapped.team());
  }
}
