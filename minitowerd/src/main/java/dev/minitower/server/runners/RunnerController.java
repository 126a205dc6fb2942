package dev.minitower.server.runners;

import dev.minitower.model.api.RegisterRunnerRequest;
import dev.minitower.model.api.RegisteredRunnerResponse;
import dev.minitower.model.api.RunnerListResponse;
import dev.minitower.model.api.RunnerStateRequest;
import dev.minitower.model.api.StatusResponse;
import dev.minitower.server.platform.auth.RunnerPrincipal;
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

/** Runners that come in and say what they do, and the admin's view of all of them. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
final class RunnerController {
  private final RegistrationService registrations;
  private final RunnerStateService states;
  private final RunnerService runners;

  RunnerController(
      RegistrationService registrations, RunnerStateService states, RunnerService runners) {
    this.registrations = registrations;
    this.states = states;
    this.runners = runners;
  }

  @PostMapping("/runners/register")
  ResponseEntity<RegisteredRunnerResponse> register(@RequestBody RegisterRunnerRequest request) {
    Registered registered = registrations.register(request);
    return ResponseEntity.status(registered.created() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(registered.runner());
  }

  @PostMapping("/runners/state")
  StatusResponse state(RunnerPrincipal runner, @RequestBody RunnerStateRequest request) {
    states.note(runner, request);
    return new StatusResponse("ok");
  }

  @GetMapping("/admin/runners")
  RunnerListResponse list(Page page) {
    return runners.list(page);
  }
}
