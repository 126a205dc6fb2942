package dev.minitower.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture in the docs shows the moves of the enums, all of them and no other. */
class StateMachinePictureTest {
  private static final Path PICTURE = Path.of("../docs/state-machine.md");
  private static final Pattern EDGE =
      Pattern.compile("^\\s*([a-z]+) --> ([a-z]+)", Pattern.MULTILINE);

  private static Set<String> edgesUnder(String heading) throws IOException {
    String text = Files.readString(PICTURE);
    int start = text.indexOf("```mermaid", text.indexOf("## " + heading + "\n"));
    Matcher matcher = EDGE.matcher(text.substring(start, text.indexOf("```", start + 3)));
    Set<String> edges = new TreeSet<>();
    while (matcher.find()) {
      edges.add(matcher.group(1) + " --> " + matcher.group(2));
    }
    return edges;
  }

  private static <S> Set<String> moves(
      S[] states, BiPredicate<S, S> canBecome, Function<S, String> code) {
    Set<String> moves = new TreeSet<>();
    for (S from : states) {
      Arrays.stream(states)
          .filter(to -> canBecome.test(from, to))
          .forEach(to -> moves.add(code.apply(from) + " --> " + code.apply(to)));
    }
    return moves;
  }

  @Test
  void the_picture_of_a_run_shows_the_moves_of_a_run() throws IOException {
    assertThat(edgesUnder("Run"))
        .isEqualTo(moves(RunStatus.values(), RunStatus::canBecome, RunStatus::code));
  }

  @Test
  void the_picture_of_an_attempt_shows_the_moves_of_an_attempt() throws IOException {
    assertThat(edgesUnder("Attempt"))
        .isEqualTo(moves(AttemptStatus.values(), AttemptStatus::canBecome, AttemptStatus::code));
  }
}
