package opd.simulation.plan;

import java.util.List;

/// How patients and doctors behave. The standard values and where they come from:
///
/// - `prebooked`: appointments and walk-ins are mixed differently everywhere. A university hospital
///   that works by appointment still had 14.1 % walk-ins (Healthcare 2022;10(8):1469); departments
///   in India work mostly by walk-in. 60 % lies between.
/// - `followUp`: of some 70 million attendances in England in 2010-11, 21.3 million were first ones
///   (NHS Information Centre, Hospital Outpatient Activity 2010-11), so about 70 % follow up.
/// - `emergency`: no source; chosen so that emergencies meet full slots, and each other, every day.
/// - `noShow`: 23 % over 105 studies (Dantas et al., Health Policy 2018;122:412-421); 21 % of the
///   appointments of a hospital in Singapore (Lee et al., BMC Health Serv Res 2005;5:51).
/// - `cancellation`: patients cancelled 6.1 % of the appointments in England in 2012-13 (Health and
///   Social Care Information Centre, Hospital Outpatient Activity 2012/13).
/// - `lateDoctor`: no source; a quarter of the doctors say that they will be late.
/// - `lateArrival`: 7.7 % of the patients of 1,500 visits in Baltimore (Williams et al., BMJ Open
///   2014;4:e004679); 5.1 % in a neurological clinic (doi:10.1186/s12913-018-3057-2), while in
///   Milan 84.4 % of 410,808 checked in early (Cerruti et al., doi:10.1186/s12913-023-10379-w).
/// - `sentAway`: a time and motion study at Shree Krishna Hospital in Gujarat found 15 % of the
///   outpatients sent to another department, and more to a laboratory or for a picture. That all of
///   them come back to the doctor on the same day is assumed.
/// - `missedCall`, `outOfTurn`, `lastCall`, `secondRoom`, `rescheduled`, `closedByMistake`,
///   `shrunk`: assumed; each makes a kind of request that every desk knows, often enough that every
///   day has it.
/// - `consultationVariation`: consultations are log-normal with a coefficient of variation between
///   0.35 and 0.85 (Cayirli and Veral, Production and Operations Management 2003;12:519-549).
///
/// @param prebooked share of those who ask ahead, ONLINE or by APP; the others walk in
/// @param followUp share of FOLLOW_UP among all who are no emergency; the others are PAID
/// @param emergency share of EMERGENCY among all
/// @param noShow share of the pre-booked who do not come and do not cancel
/// @param cancellation share of the pre-booked who cancel ahead
/// @param lateDoctor share of the doctors who begin late
/// @param consultationVariation standard deviation over mean
/// @param serving how patients come and are called
/// @param corrections what is changed after it was planned
public record Rates(
    double prebooked,
    double followUp,
    double emergency,
    double noShow,
    double cancellation,
    double lateDoctor,
    double consultationVariation,
    Serving serving,
    Corrections corrections) {

  public static final Rates STANDARD =
      new Rates(
          0.60,
          0.68,
          0.06,
          0.20,
          0.06,
          0.25,
          0.60,
          new Serving(0.077, 0.15, 0.05, 0.03, 0.30, 0.20),
          new Corrections(0.04, 0.05, 0.05));

  /// @param lateArrival share of the pre-booked who come after their time, of those who come
  /// @param sentAway share of the patients who are sent for a test or a payment, and come back
  /// @param missedCall share of the patients who are not at hand when they are called
  /// @param outOfTurn share of the patients who are called by name, whoever stands before them
  /// @param lastCall share of the doctors who call those who did not come once more in the end
  /// @param secondRoom share of the doctors whose patients are seen in two rooms at a time
  public record Serving(
      double lateArrival,
      double sentAway,
      double missedCall,
      double outOfTurn,
      double lastCall,
      double secondRoom) {}

  /// @param rescheduled share of the pre-booked who ask for another slot instead
  /// @param closedByMistake share of the slots that somebody closes, and opens again
  /// @param shrunk share of the slots that lose places after they were given
  public record Corrections(double rescheduled, double closedByMistake, double shrunk) {}

  /// Walk-ins by equal parts of the time from an hour before the first slot to the start of the
  /// last: a non-homogeneous Poisson process with piecewise constant rate, as hospital arrivals are
  /// (Kim and Whitt, Manufacturing & Service Operations Management 2014;16:464-480), with its peak
  /// between nine and twelve (J Emerg Trauma Shock 2014;7:160-165) and walk-ins early (Healthcare
  /// 2022;10(8):1469). Given their number, the arrivals of such a process are independent draws
  /// from this density.
  static final List<Double> WALK_INS = List.of(1.0, 1.6, 1.7, 1.3, 0.7, 0.5, 0.7, 0.4);

  /// The mean minutes by which patients are early, or late: 1,500 visits in Baltimore (Williams et
  /// al., BMJ Open 2014;4:e004679).
  static final double MEAN_MINUTES_EARLY = 24.1;

  static final double MEAN_MINUTES_LATE = 20.5;

  /// The mean consultation over a place's share of the slot: slots are planned with a little air.
  /// In absolute terms consultations last from 48 seconds to 22 minutes, by country (Irving et al.,
  /// BMJ Open 2017;7:e017902).
  static final double CONSULTATION_OF_PLACE = 0.95;
}
