package dev.minitower.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestRequest;
import dev.minitower.server.TestServer;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Calls a server's operations by their names in the document. */
final class DocumentedApi {
  private final TestServer server;
  private final Set<String> called = new TreeSet<>();

  DocumentedApi(TestServer server) {
    this.server = server;
  }

  /** The operations that were called, as {@code GET /health}. */
  Set<String> called() {
    return called;
  }

  /**
   * Calls an operation and expects an answer of this status; that it is as the document describes
   * it, {@link TestRequest#send} sees to.
   *
   * @param operation method and template, and a query if there is one
   * @param with what the request carries
   * @param variables those of the template, in order
   */
  TestAnswer call(
      int status, String operation, UnaryOperator<TestRequest> with, Object... variables) {
    TestAnswer answer = with.apply(request(operation, variables)).send();
    assertThat(answer.status()).as("%s: %s", operation, answer).isEqualTo(status);
    return answer;
  }

  TestRequest request(String operation, Object... variables) {
    called.add(operation.replaceFirst("\\?.*", ""));
    String[] methodAndPath = operation.split(" ", 2);
    String path = methodAndPath[1];
    for (Object variable : variables) {
      path = path.replaceFirst("\\{\\w+}", String.valueOf(variable));
    }
    return server.request(methodAndPath[0], path);
  }
}
