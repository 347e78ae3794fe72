package opd.simulation.plan;

import opd.domain.OpdException;
import opd.domain.Slot;

/// How large the hospital is.
///
/// @param doctors 1 to 500
/// @param slots of each doctor, 1 to 48
/// @param capacity of each slot, 1 to [Slot#MOST_CAPACITY]
/// @param patients who ask for a token, 0 to 100,000
public record Sizes(int doctors, int slots, int capacity, int patients) {
  static final int MOST_DOCTORS = 500;
  static final int MOST_SLOTS = 48;
  static final int MOST_PATIENTS = 100_000;

  public static final Sizes STANDARD = new Sizes(8, 6, 6, 360);

  /// @throws OpdException INVALID_INPUT when one of them is out of range
  public Sizes {
    check("doctors", doctors, 1, MOST_DOCTORS);
    check("slots", slots, 1, MOST_SLOTS);
    check("capacity", capacity, 1, Slot.MOST_CAPACITY);
    check("patients", patients, 0, MOST_PATIENTS);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw OpdException.invalid(
          "the simulation's " + name + " are from " + least + " to " + most + ", not " + value);
    }
  }

  /// The capacity at which five patients ask for four places, which is what a department plans that
  /// counts on one in five staying away: slots fill up, and some patients are turned away.
  public static int fittingCapacity(int doctors, int slots, int patients) {
    long places = Math.ceilDiv(4L * patients, 5);
    return Math.clamp(Math.ceilDiv(places, Math.max(1, doctors * slots)), 1, Slot.MOST_CAPACITY);
  }
}
