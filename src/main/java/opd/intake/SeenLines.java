package opd.intake;

import java.nio.ByteBuffer;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// Counts how often each line of a list came before: a hash table with open addressing in two
/// arrays, 12 bytes a place. It grows to 50 MB at most, and holds 75 MB while it grows, where a
/// `HashMap` would need some 200 MB.
///
/// Lines are told apart by 64 bits of their SHA-256. Should two of three million share them, which
/// happens once in four million such lists, they count as repeating each other; their ids still
/// differ, as they are made of the whole digests.
final class SeenLines {
  static final int MOST_LINES = 3_000_000;
  private static final int FIRST_PLACES = 1 << 12;

  private final int most;
  // A count of 0 is a free place.
  private long[] keys = new long[FIRST_PLACES];
  private int[] counts = new int[FIRST_PLACES];
  private int size;

  /// @param most how many different lines it takes, at most [#MOST_LINES]
  SeenLines(int most) {
    this.most = most;
  }

  /// How often the same digest was counted before.
  ///
  /// @param digest at least 8 bytes, evenly distributed
  /// @throws OpdException INVALID_INPUT for one more different line than it takes
  int count(byte[] digest) {
    long key = ByteBuffer.wrap(digest).getLong();
    int place = place(key);
    if (counts[place] > 0) {
      return counts[place]++;
    }
    if (size == most) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "a list holds at most " + most + " different lines without a request_id",
          "give those that follow a request_id");
    }
    size++;
    keys[place] = key;
    counts[place] = 1;
    if (size > keys.length / 4 * 3) {
      grow();
    }
    return 0;
  }

  /// Where the key is, or where it would go.
  private int place(long key) {
    int place = (int) key & (keys.length - 1);
    while (counts[place] > 0 && keys[place] != key) {
      place = (place + 1) & (keys.length - 1);
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[oldKeys.length * 2];
    counts = new int[oldCounts.length * 2];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldCounts[old] > 0) {
        int place = place(oldKeys[old]);
        keys[place] = oldKeys[old];
        counts[place] = oldCounts[old];
      }
    }
  }
}
