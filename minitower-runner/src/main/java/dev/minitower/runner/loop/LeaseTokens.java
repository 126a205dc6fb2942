package dev.minitower.runner.loop;

import dev.minitower.model.identity.TokenKind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The tokens under which this runner asks for leases. Each is on disk before it is first used and
 * used again until a lease comes back under it, so that a lease whose answer was lost is found
 * again. Used by the loop's thread only.
 */
final class LeaseTokens {
  private final AttemptStore store;
  private final Deque<String> unused = new ArrayDeque<>();
  private final Set<String> recovered = new HashSet<>();

  LeaseTokens(AttemptStore store) {
    this.store = store;
  }

  /** Takes over a token of an earlier life, under which a lease may be waiting. */
  void recover(String token) {
    unused.addFirst(token);
    recovered.add(token);
  }

  /** The token to ask with; several from earlier lives take turns. */
  String next() throws IOException {
    String token = unused.poll();
    if (token == null) {
      token = TokenKind.LEASE.generate();
      store.save(AttemptRecord.asked(token));
    }
    unused.addLast(token);
    return token;
  }

  /** True once for a token of an earlier life: what waits under it is not to wait for new work. */
  boolean isFirstQuestion(String token) {
    return recovered.remove(token);
  }

  /** A lease came back under this token: it now belongs to an attempt. */
  void taken(String token) {
    if (!unused.remove(token)) {
      throw new IllegalStateException("a lease came under a token that was not asked with");
    }
  }

  /** The server won't give anything for this token any more. */
  void dropped(String token) {
    taken(token);
    store.remove(token);
  }
}
