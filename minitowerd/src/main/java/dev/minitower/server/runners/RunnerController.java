package dev.minitower.server.runners;

import dev.minitower.model.api.RegisterRunnerRequest;
import dev.minitower.model.api.RegisteredRunnerResponse;
import dev.minitower.model.api.RunnerListResponse;
import dev.minitower.server.platform.web.Page;
import dev.minitower.server.runners.RegistrationService.Registered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Runners that come in, and the admin's view of all of them. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
final class RunnerController {
  private final RegistrationService registrations;
  private final RunnerService runners;

  RunnerController(RegistrationService registrations, RunnerService runners) {
    this.registrations = registrations;
    this.runners = runners;
  }

  @PostMapping("/runners/register")
  ResponseEntity<RegisteredRunnerResponse> register(@RequestBody RegisterRunnerRequest request) {
    Registered registered = registrations.register(request);
    return ResponseEntity.status(registered.created() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(registered.runner());
  }

  @GetMapping("/admin/runners")
  RunnerListResponse list(Page page) {
    return runners.list(page);
  }
}
