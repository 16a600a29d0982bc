using System.Globalization;

namespace Waybill.Bench.Storing;

/// <summary>
/// What is stored: so many notifications of five owners, even over six and a half hours of a day, each with a correlation id, delivered but for ten; and, besides, what
/// failed on earlier days. Times are fixed to hours, so that the same questions read the same, whenever they are asked.
/// </summary>
/// <param name="count">Of the day.</param>
internal sealed class StoredSet(int count, DateTimeOffset now)
{
    /// <summary>Fewer have not fifty of an owner in the last half hour, or not all durations in each minute.</summary>
    public const int Fewest = 10_000;

    public const int Failures = 10;
    public const int OfManyFailures = 2000;

    /// <summary>Whose the ten are, and the three.</summary>
    public const string Owner = "alice";

    public const string OwnerOfMany = "bob";
    public const string OwnerOfScattered = "carol";
    public const string CorrelationId = "order-of-three";
    public const string OneHost = "one.example";

    private const int EachNthOfOneHost = 250;
    private const double HoursOfDay = 6.5;

    private static readonly string[] Owners = [Owner, OwnerOfMany, OwnerOfScattered, "dave", "erin"];

    private readonly DateTimeOffset _hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
    private readonly double _ofOwner = count / (double)Owners.Length;

    public int Count => count;

    /// <summary>Where the day ends: half past an hour, as windows seldom end with one.</summary>
    public DateTimeOffset DayEnd => _hour.AddHours(-0.5);

    /// <summary>Hours in which the many have failed.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Many => (_hour.AddHours(-31), _hour.AddHours(-30));

    /// <summary>Hours in which the scattered ones have failed.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Scattered => (_hour.AddHours(-60), _hour.AddHours(-50));

    /// <summary>In the order of time, but for those that were under way at the same time.</summary>
    public IEnumerable<StoredNotification> All => ScatteredFailures().Concat(ManyFailures()).Concat(Day());

    private IEnumerable<StoredNotification> ScatteredFailures() => Enumerable.Range(0, Failures).Select(number =>
        new StoredNotification(OwnerOfScattered, "scattered.example", Scattered.From.AddHours(number + 0.3), Took(number), $"scattered-{number}") { Fails = true, For = StoredFor.ScatteredFailures });

    private IEnumerable<StoredNotification> ManyFailures() => Enumerable.Range(0, OfManyFailures).Select(number =>
    {
        var isOfOneHost = number % EachNthOfOneHost == 0;
        var host = isOfOneHost ? OneHost : $"down-{number % 2}.example";

        return new StoredNotification(OwnerOfMany, host, Many.From.AddHours((number + 0.5) / (OfManyFailures + 1)), Took(number), $"many-{number}")
        {
            Fails = true,
            For = isOfOneHost ? StoredFor.FailuresOfOneHost : null,
        };
    });

    private IEnumerable<StoredNotification> Day()
    {
        var start = DayEnd.AddHours(-HoursOfDay);
        var failures = Enumerable.Range(1, Failures).Select(number => At(4 + (number / (Failures + 2.0)))).ToHashSet();
        HashSet<int> correlated = [At(0.7), At(3.1), At(5.9)];

        for (var number = 0; number < count; number++)
        {
            var owner = Owners[number % Owners.Length];
            var own = number / Owners.Length;
            var isAsked = owner == Owner;
            var fails = isAsked && failures.Contains(own);
            var isCorrelated = isAsked && correlated.Contains(own);

            yield return new StoredNotification(
                owner,
                $"{owner}-{own % 2}.example",
                start.AddHours(HoursOfDay * (number + 0.5) / count),
                Took(own),
                isCorrelated ? CorrelationId : string.Create(CultureInfo.InvariantCulture, $"order-{number}"))
            {
                Fails = fails,
                For = fails ? StoredFor.Failures : isCorrelated ? StoredFor.Correlation : null,
            };
        }
    }

    /// <summary>Which of an owner's is posted so many hours after the day's first.</summary>
    private int At(double hours) => (int)(_ofOwner * hours / HoursOfDay);

    /// <summary>As different as some receivers are.</summary>
    private static TimeSpan Took(int number) => TimeSpan.FromMilliseconds(20 + (36 * (number % 5)));
}
