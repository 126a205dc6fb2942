package dev.minitower.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow and are used again: for requests and for bodies. */
public final class Bytes {
  private static final int LONGEST_NUMBER = 20;

  private byte[] array;
  private int length;

  public Bytes(int capacity) {
    this.array = new byte[capacity];
  }

  public static Bytes of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    var bytes = new Bytes(utf8.length);
    bytes.add(utf8, 0, utf8.length);
    return bytes;
  }

  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
  }

  /** Only for text of ASCII. */
  public void ascii(String text) {
    int count = text.length();
    ensure(count);
    for (int i = 0; i < count; i++) {
      array[length++] = (byte) text.charAt(i);
    }
  }

  public void number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    ensure(LONGEST_NUMBER);
    int end = length + digits(value);
    for (int i = end; i > length; value /= 10) {
      array[--i] = (byte) ('0' + value % 10);
    }
    length = end;
  }

  private static int digits(long value) {
    int digits = 1;
    while ((value /= 10) != 0) {
      digits++;
    }
    return digits;
  }

  public void add(byte one) {
    ensure(1);
    array[length++] = one;
  }

  public void add(byte[] bytes, int from, int count) {
    ensure(count);
    System.arraycopy(bytes, from, array, length, count);
    length += count;
  }

  /** Room for so many more. */
  void ensure(int more) {
    if (length + more > array.length) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + more));
    }
  }

  /** Takes what was written into the array behind the end. */
  void grow(int by) {
    length += by;
  }

  @Override
  public String toString() {
    return new String(array, 0, length, StandardCharsets.UTF_8);
  }
}
