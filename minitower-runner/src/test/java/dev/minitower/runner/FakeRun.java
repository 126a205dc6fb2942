package dev.minitower.runner;

import dev.minitower.model.api.LogLine;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.lifecycle.AttemptStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run as {@link ScriptedControlPlane} keeps it. Guarded by the control plane's monitor. */
final class FakeRun {
  final long id;
  final byte[] artifact;
  final String entrypoint;
  final Map<String, Object> input;
  final Integer timeoutSeconds;
  final TreeMap<Long, LogLine> logs = new TreeMap<>();

  /** Lines that came again under a known number with another content. */
  final List<LogLine> conflicts = new CopyOnWriteArrayList<>();

  final List<ResultRequest> results = new CopyOnWriteArrayList<>();
  final List<Tenure> tenures = new ArrayList<>();
  final List<String> releases = new CopyOnWriteArrayList<>();
  String leaseToken = "";
  AttemptStatus status;
  boolean queued = true;
  boolean over;
  int attempts;
  int starts;
  int heartbeats;
  int retriesLeft;
  long leasedUntilNanos;

  FakeRun(long id, byte[] artifact, String entrypoint, Map<String, Object> input, Integer timeout) {
    this.id = id;
    this.artifact = artifact;
    this.entrypoint = entrypoint;
    this.input = input;
    this.timeoutSeconds = timeout;
  }
}
