package opd.simulation.report;

/// Writes the data of an SVG path, to a tenth of a unit, which no eye can tell from the truth.
final class SvgPath {
  private final StringBuilder data = new StringBuilder();

  static String number(double value) {
    long tenths = Math.round(value * 10);
    String whole = (tenths < 0 ? "-" : "") + Math.abs(tenths / 10);
    return tenths % 10 == 0 ? whole : whole + "." + Math.abs(tenths % 10);
  }

  SvgPath move(double x, double y) {
    return add("M", x, y);
  }

  SvgPath horizontal(double x) {
    return add("H", x);
  }

  SvgPath vertical(double y) {
    return add("V", y);
  }

  SvgPath line(double x, double y) {
    return add("L", x, y);
  }

  /// A curve that is drawn to the point in the middle.
  SvgPath curve(double throughX, double throughY, double x, double y) {
    return add("Q", throughX, throughY, x, y);
  }

  private SvgPath add(String command, double... numbers) {
    data.append(command);
    for (int index = 0; index < numbers.length; index++) {
      data.append(index == 0 ? "" : " ").append(number(numbers[index]));
    }
    return this;
  }

  String data() {
    return data.toString();
  }
}
