package opd.bench;

/// The slots that the function `facility` of `scripts/bench.d/common.sh` opens for the part
/// `console`: ten for each of twenty doctors.
final class BenchSlots {
  static final int COUNT = 200;
  private static final int HOURS = 10;

  private BenchSlots() {}

  static String allocate(int slot, int patient) {
    return "allocate --slot %s --phone +9198%08d --priority paid --source walk-in"
        .formatted(label(slot), patient);
  }

  static String next(int slot) {
    return "next --slot %s --room 1".formatted(label(slot));
  }

  private static String label(int slot) {
    return "D%d-20350101-%02d00".formatted(slot / HOURS, 8 + slot % HOURS);
  }
}
