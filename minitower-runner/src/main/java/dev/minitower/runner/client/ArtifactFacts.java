package dev.minitower.runner.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the control plane says about an artifact beside its bytes. */
public record ArtifactFacts(@Nullable String sha256, List<String> importPaths) {}
