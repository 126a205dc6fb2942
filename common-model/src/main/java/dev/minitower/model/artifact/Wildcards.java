package dev.minitower.model.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Matching with {@code *}, {@code ?} and {@code [a-z]}, and with runs of anything in between. */
final class Wildcards {
  /** Takes one item that it accepts, or any number of them. */
  record Step<T>(boolean many, Predicate<T> accepts) {
    static <T> Step<T> one(Predicate<T> accepts) {
      return new Step<>(false, accepts);
    }

    static <T> Step<T> many(Predicate<T> accepts) {
      return new Step<>(true, accepts);
    }
  }

  private Wildcards() {}

  /** Whether the steps take all items, one after the other; steps × items at worst. */
  static <T> boolean matches(List<Step<T>> steps, List<T> items) {
    boolean[] taken = new boolean[items.size() + 1];
    taken[0] = true;
    for (Step<T> step : steps) {
      taken = step.many() ? afterMany(step, taken, items) : afterOne(step, taken, items);
    }
    return taken[items.size()];
  }

  /** How many items may be taken after the step, given how many may be before it. */
  private static <T> boolean[] afterOne(Step<T> step, boolean[] before, List<T> items) {
    boolean[] after = new boolean[before.length];
    for (int i = 0; i < items.size(); i++) {
      after[i + 1] = before[i] && step.accepts().test(items.get(i));
    }
    return after;
  }

  private static <T> boolean[] afterMany(Step<T> step, boolean[] before, List<T> items) {
    boolean[] after = before.clone();
    for (int i = 0; i < items.size(); i++) {
      after[i + 1] |= after[i] && step.accepts().test(items.get(i));
    }
    return after;
  }

  /** Whether the text is a pattern and not just a name. */
  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  /**
   * One name, between two slashes. A {@code [} that is not closed stands for itself.
   *
   * @param escapes whether a backslash takes its meaning from the next character
   */
  static Predicate<String> name(String pattern, boolean escapes) {
    List<Step<Integer>> steps = new ArrayList<>();
    int[] chars = pattern.codePoints().toArray();
    int i = 0;
    while (i < chars.length) {
      int c = chars[i];
      int close = c == '[' ? closing(chars, i) : -1;
      if (close > 0) {
        steps.add(Step.one(set(chars, i + 1, close)));
        i = close;
      } else if (c == '*') {
        steps.add(Step.many(any -> true));
      } else if (c == '?') {
        steps.add(Step.one(any -> true));
      } else {
        boolean escaped = escapes && c == '\\' && i + 1 < chars.length;
        int literal = escaped ? chars[++i] : c;
        steps.add(Step.one(other -> other == literal));
      }
      i++;
    }
    return name -> matches(steps, name.codePoints().boxed().toList());
  }

  /** Where the set that begins at {@code open} ends; a {@code ]} that comes first belongs to it. */
  private static int closing(int[] chars, int open) {
    int from = open + (isNegated(chars, open + 1) ? 3 : 2);
    for (int i = from; i < chars.length; i++) {
      if (chars[i] == ']') {
        return i;
      }
    }
    return -1;
  }

  private static Predicate<Integer> set(int[] chars, int from, int to) {
    boolean negated = isNegated(chars, from);
    Predicate<Integer> set = c -> false;
    int i = negated ? from + 1 : from;
    while (i < to) {
      boolean range = i + 2 < to && chars[i + 1] == '-';
      int low = chars[i];
      int high = range ? chars[i + 2] : low;
      set = set.or(c -> low <= c && c <= high);
      i += range ? 3 : 1;
    }
    return negated ? set.negate() : set;
  }

  private static boolean isNegated(int[] chars, int from) {
    return from < chars.length && (chars[from] == '!' || chars[from] == '^');
  }
}
