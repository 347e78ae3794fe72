package opd.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import opd.domain.Days;
import opd.domain.SlotReference;
import opd.report.Report;
import opd.service.FacilityServices;

/// What `scripts/bench growth` runs: one desk in each of several facilities with pasts of different
/// lengths, which do the same commands in turn. So whatever else the machine does meanwhile, it
/// does to all of them.
final class GrowthLoad {
  // A day of the past that `history.sql` has made as soon as it made enough of them.
  private static final LocalDate PAST_DAY = LocalDate.of(2001, 1, 1);

  private final List<Place> places;
  private final int slots;
  private final int patients;

  private GrowthLoad(List<Place> places, int slots, int patients) {
    this.places = places;
    this.slots = slots;
    this.patients = patients;
  }

  /// A facility with what was measured there, in nanoseconds.
  private record Place(FacilityServices desk, Times times) {}

  private record Times(long[] queues, long[] allocations, long[] reports) {}

  /// Prints a line for each facility: the medians and 95th percentiles of `queue` and of
  /// `allocate`, and the median of a day's `report`, in milliseconds.
  ///
  /// @param arguments URL as `opd db url` prints it, how many patients and slots each facility has,
  ///   how many commands of each kind are measured after how many that are not, how many reports,
  ///   and the facilities
  public static void main(String[] arguments) {
    int patients = Integer.parseInt(arguments[1]);
    int slots = Integer.parseInt(arguments[2]);
    int warming = Integer.parseInt(arguments[3]);
    int times = Integer.parseInt(arguments[4]);
    int reports = Integer.parseInt(arguments[5]);
    List<Place> places = new ArrayList<>();
    try {
      for (String facility : List.of(arguments).subList(6, arguments.length)) {
        Times measured = new Times(new long[times], new long[times], new long[reports]);
        places.add(new Place(DeskLoad.desk(DeskLoad.settings(arguments[0], facility)), measured));
      }
      GrowthLoad all = new GrowthLoad(places, slots, patients);
      all.atTheDesk(warming, times);
      all.reports(reports);
      places.forEach(place -> System.out.println(line(place.times())));
    } finally {
      places.forEach(place -> place.desk().close());
    }
  }

  private static String line(Times times) {
    return Percentiles.of(times.queues(), 50, 95)
        + " "
        + Percentiles.of(times.allocations(), 50, 95)
        + " "
        + Percentiles.of(times.reports(), 50);
  }

  /// Everywhere the same slot and the same patient.
  private void atTheDesk(int warming, int times) {
    SplittableRandom random = new SplittableRandom();
    for (int round = -warming; round < times; round++) {
      int slot = random.nextInt(slots);
      int patient = random.nextInt(patients);
      for (Place place : inTurn(round)) {
        long start = System.nanoTime();
        place.desk().queues().show(new SlotReference.ByLabel(DeskLoad.label(slot)), false);
        long between = System.nanoTime();
        place.desk().allocations().allocate(DeskLoad.request(), DeskLoad.wish(slot, patient));
        if (round >= 0) {
          place.times().queues()[round] = between - start;
          place.times().allocations()[round] = System.nanoTime() - between;
        }
      }
    }
  }

  private void reports(int times) {
    var asked = new Report.Asked(Days.of(PAST_DAY), Optional.empty(), false);
    // The first one of each is not counted.
    for (int round = -1; round < times; round++) {
      for (Place place : inTurn(round)) {
        long start = System.nanoTime();
        place.desk().reports().of(asked, _ -> {});
        if (round >= 0) {
          place.times().reports()[round] = System.nanoTime() - start;
        }
      }
    }
  }

  /// Each comes first as often as the others: what one did may still cost the next something.
  private List<Place> inTurn(int round) {
    Place[] turned = new Place[places.size()];
    Arrays.setAll(turned, index -> places.get(Math.floorMod(index + round, turned.length)));
    return List.of(turned);
  }
}
