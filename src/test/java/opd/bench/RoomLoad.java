package opd.bench;

import java.io.IOException;
import java.util.List;

/// What `scripts/bench console` runs, too: an `allocate`, then a `next` of the same slot, in turn,
/// in one console, so that as many come as go. Each `next` ends somebody's turn and calls somebody.
final class RoomLoad {
  private RoomLoad() {}

  /// @param arguments how many pairs of commands to time and how many before them, how many
  ///   patients there are, of whom so many wait in each slot, and the command of the console
  public static void main(String[] arguments) throws IOException {
    int commands = Integer.parseInt(arguments[0]);
    int warming = Integer.parseInt(arguments[1]);
    int patients = Integer.parseInt(arguments[2]);
    int waiting = Integer.parseInt(arguments[3]) * BenchSlots.COUNT;
    long[] allocations = new long[commands];
    long[] calls = new long[commands];
    try (TypedInto console = new TypedInto(List.of(arguments).subList(4, arguments.length))) {
      for (int filling = 0; filling < waiting; filling++) {
        done(console, BenchSlots.allocate(filling % BenchSlots.COUNT, filling % patients));
      }
      for (int slot = 0; slot < BenchSlots.COUNT; slot++) {
        done(console, BenchSlots.next(slot));
      }
      for (int command = -warming; command < commands; command++) {
        int number = command + warming;
        int slot = number % BenchSlots.COUNT;
        // Nobody holds two places in one slot: those who come are others than those who wait there.
        int patient = (waiting + number) % patients;
        long begin = System.nanoTime();
        done(console, BenchSlots.allocate(slot, patient));
        long between = System.nanoTime();
        done(console, BenchSlots.next(slot));
        if (command >= 0) {
          allocations[command] = between - begin;
          calls[command] = System.nanoTime() - between;
        }
      }
    }
    System.out.println(
        Percentiles.of(allocations, 50, 95, 99) + " " + Percentiles.of(calls, 50, 95, 99));
  }

  private static void done(TypedInto console, String command) throws IOException {
    String end = console.command(command);
    if (!TypedInto.isDone(end)) {
      throw new IllegalStateException(command + ": " + end);
    }
  }
}
