package dev.minitower.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Notes every statement that a server sends to its database, each time that it is sent, and which
 * methods of the server had it sent. What opens and closes transactions is not counted.
 */
public final class StatementRecorder implements BeanPostProcessor {
  private static final Pattern QUESTION =
      Pattern.compile("\\s*(SELECT|INSERT|UPDATE|DELETE|WITH|PRAGMA)\\b.*", Pattern.DOTALL);
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+");

  private final List<Sent> sent = new ArrayList<>();

  /**
   * One statement on its way.
   *
   * @param by the server's methods on the stack, as {@code RunQueries.list}
   */
  public record Sent(String sql, Set<String> by) {}

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource source ? recording(source) : bean;
  }

  private DataSource recording(DataSource source) {
    return new DelegatingDataSource(source) {
      @Override
      public Connection getConnection() throws SQLException {
        return proxy(Connection.class, super.getConnection(), "");
      }
    };
  }

  private <T> T proxy(Class<T> type, T target, String sql) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          String text = arguments != null && arguments[0] instanceof String s ? s : sql;
          if (method.getName().startsWith("execute")) {
            note(text);
          }
          try {
            Object answer = method.invoke(target, arguments);
            return switch (method.getName()) {
              case "prepareStatement" ->
                  proxy(PreparedStatement.class, (PreparedStatement) answer, text);
              case "createStatement" -> proxy(Statement.class, (Statement) answer, "");
              default -> answer;
            };
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(
        Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void note(String sql) {
    if (QUESTION.matcher(sql).matches()) {
      Set<String> by =
          StackWalker.getInstance()
              .walk(
                  frames ->
                      frames
                          .filter(f -> f.getClassName().startsWith("dev.minitower.server."))
                          .map(f -> simpleName(f.getClassName()) + "." + name(f.getMethodName()))
                          .collect(Collectors.toCollection(TreeSet::new)));
      synchronized (sent) {
        sent.add(new Sent(sql, by));
      }
    }
  }

  static String simpleName(String className) {
    return className.replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
  }

  /** The method that a lambda stands in. */
  static String name(String method) {
    Matcher lambda = LAMBDA.matcher(method);
    return lambda.matches() ? lambda.group(1) : method;
  }

  /** What was sent since the last call of this. */
  public List<Sent> take() {
    synchronized (sent) {
      List<Sent> taken = List.copyOf(sent);
      sent.clear();
      return taken;
    }
  }
}
