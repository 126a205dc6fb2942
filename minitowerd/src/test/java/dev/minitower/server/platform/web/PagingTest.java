package dev.minitower.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.model.api.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.MethodParameter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.util.UriComponentsBuilder;

class PagingTest {
  @Test
  void nothing_asked_for_is_the_first_fifty() {
    assertThat(page("")).isEqualTo(new Page(50, 0, null));
  }

  @Test
  void limit_and_offset_are_taken_as_given() {
    assertThat(page("limit=1&offset=0")).isEqualTo(new Page(1, 0, null));
    assertThat(page("limit=100&offset=2147483647")).isEqualTo(new Page(100, 2147483647, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0", "limit=101", "limit=-1", "limit=", "limit=ten", "limit=1.0", "limit=99999999999",
        "limit=5&limit=5", "offset=-1", "offset=x", "offset=", "cursor=", "cursor=x", "cursor=!!",
        "cursor=Zm9v", "cursor=gIA"
      })
  void a_bad_value_is_refused_naming_the_field(String query) {
    String field = query.substring(0, query.indexOf('='));

    assertThatThrownBy(() -> page(query))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
              assertThat(refusal.details()).extracting("field").containsExactly(field);
            });
  }

  @Test
  void a_cursor_and_an_offset_contradict_each_other() {
    assertThatThrownBy(() -> page("offset=5&cursor=" + Page.cursor("7")))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void a_cursor_leads_back_to_its_key() {
    assertThat(page("cursor=" + Page.cursor("42")).afterId()).hasValue(42);
    assertThat(page("cursor=" + Page.cursor("läufer ☂/+")).afterName()).isEqualTo("läufer ☂/+");
    assertThat(page("").afterId()).isEmpty();
    assertThat(page("").afterName()).isEmpty();
  }

  @Test
  void a_cursor_of_a_list_by_name_is_refused_by_a_list_by_id() {
    Page page = page("cursor=" + Page.cursor("my-app"));

    assertThatThrownBy(page::afterId).isInstanceOf(ApiException.class);
  }

  @Test
  void there_is_a_next_page_only_if_one_row_more_was_fetched() {
    Page page = new Page(2, 0, null);

    assertThat(page.shown(List.of("a", "b", "c"))).containsExactly("a", "b");
    assertThat(page.nextCursor(List.of("a", "b", "c"), key -> key)).isEqualTo(Page.cursor("b"));
    assertThat(page.nextCursor(List.of("a", "b"), key -> key)).isNull();
  }

  private static Page page(String query) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    UriComponentsBuilder.fromUriString("/?" + query)
        .build()
        .getQueryParams()
        .forEach((name, values) -> values.forEach(value -> request.addParameter(name, value)));
    return new Paging().resolveArgument(parameter(), null, new ServletWebRequest(request), null);
  }

  private static MethodParameter parameter() {
    try {
      return new MethodParameter(PagingTest.class.getDeclaredMethod("page", String.class), 0);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
