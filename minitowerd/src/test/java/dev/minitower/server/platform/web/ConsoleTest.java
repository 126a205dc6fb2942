package dev.minitower.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestSocket;
import dev.minitower.server.TestSocket.RawAnswer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's files, the headers they come with, and that nothing else is a file. */
class ConsoleTest {
  private static final String ASSET = "/assets/console-1a2b3c4d.js";

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/runs/7", "/apps/my-app/versions/3", "/log-in"})
  void every_page_of_the_console_is_its_one_file_and_is_looked_at_again(String path) {
    TestAnswer answer = server.get(path).header("Accept", "text/html,*/*").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(answer.header("Cache-Control")).hasValue("no-cache");
    assertThat(answer.body()).startsWith("<!doctype html>");
  }

  @Test
  void a_page_is_known_by_what_is_in_it_and_not_by_its_date() {
    String etag = server.get("/").send().header("ETag").orElseThrow();

    TestAnswer same = server.get("/").header("If-None-Match", etag).send();
    TestAnswer sameDate =
        server.get("/").header("If-Modified-Since", "Fri, 31 Dec 2100 00:00:00 GMT").send();

    assertThat(same.status()).isEqualTo(304);
    assertThat(sameDate.status()).isEqualTo(200);
  }

  @Test
  void hashed_assets_are_kept_for_ever() {
    TestAnswer answer = server.get(ASSET).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElseThrow()).contains("javascript");
    assertThat(answer.header("Cache-Control").orElseThrow())
        .contains("max-age=31536000", "public", "immutable");
  }

  @Test
  void an_asset_goes_compressed_to_whom_can_read_that() {
    TestAnswer plain = server.get(ASSET).send();
    TestAnswer compressed = server.get(ASSET).header("Accept-Encoding", "gzip, br").send();

    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(compressed.header("Content-Encoding")).hasValue("gzip");
    assertThat(compressed.header("Vary").orElseThrow()).contains("Accept-Encoding");
    assertThat(compressed.header("Content-Type")).isEqualTo(plain.header("Content-Type"));
    assertThat(compressed.header("Cache-Control").orElseThrow()).contains("immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/assets/nope.js", "/assets/nope", "/assets/", "/nope.css", "/runs/nope.map"})
  void a_file_that_is_not_there_is_404_and_not_the_page(String path) {
    TestAnswer answer = server.get(path).send();

    assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("not_found");
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.header("Cache-Control").orElse("")).doesNotContain("immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/application.properties",
        "/assets/../../../application.properties",
        "/../../application.properties",
        "/..%2f..%2fapplication.properties",
        "/%2e%2e/%2e%2e/application.properties",
        "/assets/..%5c..%5c..%5capplication.properties",
        "/assets/%252e%252e/%252e%252e/application.properties",
        "/META-INF/MANIFEST.MF",
        "/db/migration/sqlite/V1__first_schema.sql",
        "/WEB-INF/web.xml",
        "/assets/file:/etc/passwd",
        "//etc/passwd.txt"
      })
  void no_file_outside_the_consoles_folder_is_served(String path) {
    RawAnswer answer = TestSocket.request(server, "GET " + path + " HTTP/1.1");

    assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
    assertThat(answer.body()).contains("{\"error\":{\"code\":");
  }

  @Test
  void the_console_is_only_read() {
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
      assertThat(server.request(method, "/runs/7").send().status()).as(method).isEqualTo(404);
    }
    assertThat(server.request("HEAD", "/runs/7").send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", ASSET, "/assets/nope.js", "/api/v1/me", "/health", "/api/nope"})
  void every_answer_says_what_a_browser_may_do_with_it(String path) {
    TestAnswer answer = server.get(path).send();

    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
    assertThat(answer.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .contains("require-trusted-types-for 'script'")
        .doesNotContain("unsafe", "*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/docs", "/api-docs/index.html"})
  void only_the_api_reference_may_write_styles_into_its_page(String path) {
    String policy = server.get(path).send().header("Content-Security-Policy").orElseThrow();

    assertThat(policy).contains("script-src 'self';", "style-src 'self' 'unsafe-inline'");
  }

  @Test
  void answers_of_the_api_are_not_stored() {
    assertThat(server.get("/api/v1/me").send().header("Cache-Control")).hasValue("no-store");
    assertThat(server.get("/api/v1/auth/options").send().header("Cache-Control"))
        .hasValue("no-store");
  }
}
