package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A page of links to wheels that answers when it is told to. */
final class SlowIndex implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch told = new CountDownLatch(1);
  private final AtomicInteger downloads = new AtomicInteger();
  private final HttpServer server;
  private final Path wheels;

  SlowIndex(Path wheels) throws IOException {
    this.wheels = wheels;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  int downloads() {
    return downloads.get();
  }

  void goOn() {
    told.countDown();
  }

  @Override
  public void close() {
    goOn();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(1);
    try (exchange) {
      byte[] body = name.isEmpty() ? page() : wheel(name);
      exchange
          .getResponseHeaders()
          .set("Content-Type", name.isEmpty() ? "text/html" : "application/zip");
      exchange.getResponseHeaders().set("Cache-Control", "max-age=600");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] wheel(String name) throws IOException, InterruptedException {
    downloads.incrementAndGet();
    told.await();
    return Files.readAllBytes(wheels.resolve(name));
  }

  private byte[] page() throws IOException {
    var page = new StringBuilder("<!DOCTYPE html><html><body>");
    try (var files = Files.list(wheels)) {
      files
          .map(file -> file.getFileName().toString())
          .forEach(name -> page.append("<a href=\"%s\">%s</a>".formatted(name, name)));
    }
    return page.append("</body></html>").toString().getBytes(UTF_8);
  }
}
