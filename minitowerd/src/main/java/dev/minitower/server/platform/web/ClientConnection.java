package dev.minitower.server.platform.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;

/**
 * The other end of a request that waits for its answer. A servlet is not told when its client hangs
 * up before it writes; Tomcat itself can look, by a read that does not block.
 */
public final class ClientConnection {
  private static final String ATTRIBUTE = ClientConnection.class.getName();

  private final Request request;

  private ClientConnection(Request request) {
    this.request = request;
  }

  public static ClientConnection of(HttpServletRequest request) {
    return new ClientConnection((Request) Objects.requireNonNull(request.getAttribute(ATTRIBUTE)));
  }

  /**
   * Whether the client has hung up. Only while the request waits, and by one thread at a time. A
   * client that has sent its next request already also counts as gone: it does not wait.
   */
  public boolean isGone() {
    request.action(ActionCode.AVAILABLE, true);
    return request.getAvailable() > 0;
  }

  /** Keeps Tomcat's own request where {@link #of} finds it. */
  static final class Valve extends ValveBase {
    Valve() {
      super(true);
    }

    @Override
    public void invoke(org.apache.catalina.connector.Request request, Response response)
        throws IOException, ServletException {
      request.setAttribute(ATTRIBUTE, request.getCoyoteRequest());
      getNext().invoke(request, response);
    }
  }
}
