package opd.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// The programs that work side by side on a facility: the one whose classes are loaded here and,
/// where a run names some, other builds of it.
///
/// @param others perhaps none
/// @param newer one that migrates facilities before its desks join the others
record Programs(List<Build> others, Optional<Build> newer) {
  static final Programs HERE = new Programs(List.of(), Optional.empty());

  // Of eight desks; one more has a console of the program here, and the rest have one of another.
  private static final int DESKS_HERE = 5;
  // A process for each command takes a hundred times as long as a console that runs.
  private static final int COMMANDS_FOR_EACH_PROCESS = 10;

  /// Those of a facility that the newer one has migrated.
  Programs afterMigration() {
    return new Programs(Stream.concat(others.stream(), newer.stream()).toList(), Optional.empty());
  }

  boolean isOnlyHere() {
    return others.isEmpty();
  }

  /// How one of many desks works for a while: each command is a run of the program here, or most of
  /// them are given in a console that runs, and the others are processes.
  Desk desk(FrontDesk here, Random random) throws IOException {
    if (isOnlyHere()) {
      return here;
    }
    // The first numbers of seeds that follow each other are much the same.
    SplittableRandom drawing = new SplittableRandom(random.nextLong());
    int number = drawing.nextInt(DesksAtWork.DESKS);
    if (number < DESKS_HERE) {
      return here;
    }
    Build build = number == DESKS_HERE ? Build.here() : others.get(drawing.nextInt(others.size()));
    return new ConsoleAndCommands(new RunningConsole(build, here), here.by(build), drawing);
  }

  /// A desk each of whose commands is a run of one of them.
  FrontDesk commands(FrontDesk here, Random random) {
    return isOnlyHere() || random.nextBoolean()
        ? here
        : here.by(others.get(random.nextInt(others.size())));
  }

  /// One of each.
  List<FrontDesk> each(FrontDesk here) {
    List<FrontDesk> all = new ArrayList<>(List.of(here));
    others.forEach(other -> all.add(here.by(other)));
    return all;
  }

  List<String> names() {
    return Stream.concat(Stream.of(Build.HERE), others.stream().map(Build::name)).toList();
  }

  private record ConsoleAndCommands(
      RunningConsole console, FrontDesk commands, SplittableRandom random) implements Desk {
    @Override
    public Told tell(Wish wish) {
      return random.nextInt(COMMANDS_FOR_EACH_PROCESS) == 0
          ? commands.tell(wish)
          : console.tell(wish);
    }

    @Override
    public void close() {
      console.close();
    }
  }
}
