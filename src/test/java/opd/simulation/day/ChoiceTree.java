package opd.simulation.day;

import java.util.ArrayList;
import java.util.List;

/// Leads through a tree of choices, depth first: each walk from the root makes the choices of the
/// one before up to the last that has an untried alternative, and takes that.
final class ChoiceTree {
  private record Choice(int taken, int options) {}

  private List<Choice> path = new ArrayList<>();
  private int depth;

  /// The next choice of this walk.
  ///
  /// @param options how many there are; a walk that goes otherwise than the one before may have
  ///   fewer
  int choose(int options) {
    if (depth == path.size()) {
      path.add(new Choice(0, options));
    }
    int taken = Math.min(path.get(depth).taken(), options - 1);
    path.set(depth, new Choice(taken, options));
    depth++;
    return taken;
  }

  /// Begins the next walk; false when all have been made.
  boolean next() {
    path = new ArrayList<>(path.subList(0, depth));
    return goOn();
  }

  /// Leaves out the walk that was to come, and all that begin as it does.
  boolean skip() {
    return goOn();
  }

  /// How many choices the walk that is to come begins with.
  int known() {
    return path.size();
  }

  private boolean goOn() {
    depth = 0;
    while (!path.isEmpty() && path.getLast().taken() + 1 >= path.getLast().options()) {
      path.removeLast();
    }
    if (path.isEmpty()) {
      return false;
    }
    Choice last = path.removeLast();
    path.add(new Choice(last.taken() + 1, last.options()));
    return true;
  }
}
