package opd.report;

import java.util.Arrays;

/// Lengths of time, kept one by one: half a million of them need two megabytes.
final class Lengths {
  private static final int HUNDRED = 100;

  private int[] values = new int[8];
  private int size;
  private boolean isSorted;

  void add(long length) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size] = Math.toIntExact(length);
    size++;
    isSorted = false;
  }

  int size() {
    return size;
  }

  int within(int most) {
    int count = 0;
    for (int index = 0; index < size; index++) {
      count += values[index] <= most ? 1 : 0;
    }
    return count;
  }

  /// By nearest rank: the smallest value that is not exceeded by so many of a hundred. There must
  /// be one.
  int quantile(int percent) {
    if (!isSorted) {
      Arrays.sort(values, 0, size);
      isSorted = true;
    }
    return values[Math.toIntExact(Math.ceilDiv((long) size * percent, HUNDRED)) - 1];
  }
}
