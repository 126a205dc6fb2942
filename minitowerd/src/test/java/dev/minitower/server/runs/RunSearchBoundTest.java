package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.platform.database.Transactions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A search among more runs than one request looks at. */
class RunSearchBoundTest {
  private static final int RUNS = 12_000;

  @TempDir Path folder;
  private TestServer server;
  private RunFixture fixture;
  private long oldest;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    fixture = new RunFixture(server);
    oldest = fixture.queue("\"input\":{\"v\":\"common\"}");
    fixture.cancel(oldest);
    JdbcClient jdbc = server.bean(JdbcClient.class);
    int unused = server.bean(Transactions.class).write(() -> insertQueued(jdbc));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static int insertQueued(JdbcClient jdbc) {
    jdbc.sql("UPDATE apps SET last_run_no = last_run_no + :runs").param("runs", RUNS).update();
    return jdbc.sql(
            """
            WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :runs)
            INSERT INTO runs (team_id, app_id, version_id, environment_id, environment, run_no,
                              status, input, priority, max_retries, queued_at)
            SELECT team_id, app_id, version_id, environment_id, environment, run_no + n,
                   'queued', input, 0, 0, queued_at
              FROM n CROSS JOIN runs WHERE run_no = 1
            """)
        .param("runs", RUNS)
        .update();
  }

  /** How many runs each page holds, and then the ids of the last one. */
  private List<Object> pages(String query) {
    List<Object> pages = new ArrayList<>();
    String more = "";
    while (true) {
      TestAnswer page = fixture.asTeam("GET", "/runs?limit=100&" + query + more).send();
      pages.add(page.each("runs", "run_id").size());
      if (!page.json().has("next_cursor")) {
        pages.add(page.each("runs", "run_id"));
        return pages;
      }
      more = "&cursor=" + page.text("next_cursor");
    }
  }

  @Test
  void an_empty_page_leads_on_to_what_lies_far_behind() {
    assertThat(pages("q=common&status=cancelled"))
        .containsExactly(0, 0, 1, List.of(String.valueOf(oldest)));
  }

  @Test
  void whatever_is_found_by_name_waits_for_what_is_found_by_text() {
    assertThat(pages("q=jobs&status=cancelled"))
        .containsExactly(1, List.of(String.valueOf(oldest)));
    assertThat(fixture.asTeam("GET", "/runs?q=common&limit=1").send().each("runs", "run_no"))
        .containsExactly(String.valueOf(RUNS + 1));
  }
}
