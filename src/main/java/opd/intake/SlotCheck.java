package opd.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.SlotLabel;

/// What a line says of its slot besides naming it. It must agree: nobody is to get today's place
/// from Monday's list.
///
/// @param time of the start as it stands in the line, without a date
/// @param start the same, with a date or without
/// @param inputs reads them
record SlotCheck(
    Optional<DoctorCode> doctor,
    Optional<LocalDate> date,
    Optional<String> time,
    Optional<String> start,
    Inputs inputs) {

  /// @param looking told of each column before it is looked at
  /// @throws OpdException INVALID_INPUT when the line contradicts itself
  void check(SlotLabel slot, Consumer<String> looking) {
    looking.accept(Columns.DOCTOR);
    doctor
        .filter(code -> !code.equals(slot.doctor()))
        .ifPresent(code -> refuse(Columns.DOCTOR, code, slot));
    looking.accept(Columns.DATE);
    date.filter(day -> !day.equals(slot.day())).ifPresent(day -> refuse(Columns.DATE, day, slot));
    looking.accept(Columns.TIME);
    time.filter(text -> !isTimeOf(text, slot)).ifPresent(text -> refuse(Columns.TIME, text, slot));
    looking.accept(Columns.START);
    start
        .filter(text ->
            hasDate(text) ? !time(text, slot).equals(slot.wallTime()) : !isTimeOf(text, slot))
        .ifPresent(text -> refuse(Columns.START, text, slot));
  }

  private boolean isTimeOf(String text, SlotLabel slot) {
    return time(text, slot).toLocalTime().equals(slot.wallTime().toLocalTime());
  }

  /// The slot of this doctor that starts at the time that the line gives, or empty when it gives
  /// none.
  ///
  /// @param looking told of each column before it is looked at
  Optional<SlotLabel> slotOf(DoctorCode code, Consumer<String> looking) {
    looking.accept(start.isPresent() ? Columns.START : Columns.TIME);
    return start
        .or(() -> time)
        .map(text -> {
          LocalDate day = date.orElseGet(inputs::today);
          Instant begin = inputs.on(day).time(text);
          SlotLabel slot = SlotLabel.of(code, begin, inputs.facilityZone());
          check(slot, looking);
          return slot;
        });
  }

  private LocalDateTime time(String text, SlotLabel slot) {
    return inputs.on(slot.day()).time(text).atZone(inputs.facilityZone()).toLocalDateTime();
  }

  private static boolean hasDate(String text) {
    return text.indexOf('-') > 0;
  }

  private static void refuse(String column, Object says, SlotLabel slot) {
    throw new OpdException(
        ErrorCode.INVALID_INPUT,
        "column %s says %s, but the slot is %s"
            .formatted(column, PlainText.quote(says.toString()), slot),
        "mend the one that is wrong; to take a list for another day give --date");
  }
}
