using Waybill.Bench.Running;
using Waybill.Notifications.Transitions;

namespace Waybill.Bench.Tests;

/// <summary>
/// What the notifications of a load cost at AWS, by the live metrics of the services. What costs the same however many there are is apart: the Dispatcher's
/// looks for what is due, and what the status service notes of counts and of partitions.
/// </summary>
/// <param name="Calls">Each notification's.</param>
/// <param name="Units">Each notification's, by operation and kind: <c>UpdateItem write</c>.</param>
/// <param name="Updates">
/// How often each one's record was changed after it was put. Fewer than three where a worker was faster than the note that a notification is
/// queued: that note is refused, and the units of what is refused are not told.
/// </param>
/// <param name="Notes">How many counts and partitions were noted meanwhile, in all. Each is a put of one unit.</param>
internal sealed record AwsCost(double Calls, IReadOnlyDictionary<string, double> Units, double Updates, double Notes)
{
    public const string Update = "UpdateItem write";

    /// <summary>Put, put, queue, read, claim, record.</summary>
    public const int CallsEach = 6;

    /// <summary>The same but the read, which others may share.</summary>
    public const int CallsOfItsOwn = 5;

    public const int Count = 20;

    private const double PerSecond = 20;
    private const int MostTries = 5;

    /// <summary>Queue and claim take one, the end two, as it leaves the index of what is due. A claim that comes late moves its place there: two more.</summary>
    private const double UnitsOfAnUpdateInTime = 1.5;

    private const string LookForDue = "Query";
    private const string Put = "PutItem";

    /// <summary>The request and the record.</summary>
    private const int PutsEach = 2;

    public double WriteUnits => UnitsOf("write");

    /// <summary>What one change of a record takes.</summary>
    public double UnitsOfAnUpdate => Units[Update] / Updates;

    public double ReadUnits => UnitsOf("read");

    /// <summary>
    /// A machine that stalls makes calls time out, notifications due again and claims come late, which only adds to the cost. So a load that
    /// cost more than it should is offered again, a few times; what the code adds, it adds each time.
    /// </summary>
    public static async Task<AwsCost> MeasureAsync(Func<int, double, Task<LoadResult>> offer)
    {
        var cost = Of(await offer(Count, PerSecond));

        for (var tries = 1; tries < MostTries && (cost.Calls > CallsEach || cost.UnitsOfAnUpdate > UnitsOfAnUpdateInTime); tries++)
        {
            cost = Of(await offer(Count, PerSecond));
        }

        return cost;
    }

    private static AwsCost Of(LoadResult load)
    {
        var services = load.Use.Totals;
        var calls = services.Sum(service => service.Sum("waybill.aws.calls", tags => tags[1] == "DynamoDB" && tags[0] != LookForDue));
        var notes = services.Sum(service => service.Sum("waybill.aws.calls", tags => tags[1] == "DynamoDB" && tags[0] == Put)) - (PutsEach * Count);
        var units = services
            .SelectMany(service => service.Of("waybill.dynamodb.capacity"))
            .Where(units => units.Tags[0] != LookForDue && units.Value > 0)
            .GroupBy(units => $"{units.Tags[0]} {units.Tags[1]}")
            .OrderBy(units => units.Key, StringComparer.Ordinal)
            .ToDictionary(units => units.Key, units => (units.Sum(each => each.Value) - (units.Key == $"{Put} write" ? notes : 0)) / Count);

        var updates = services.Sum(service => service.Sum("waybill.transitions", tags => tags[0] != TransitionTable.Accept.Name));

        return new AwsCost((calls - notes) / Count, units, updates / Count, notes);
    }

    private double UnitsOf(string kind) => Units.Where(units => units.Key.EndsWith(kind, StringComparison.Ordinal)).Sum(units => units.Value);
}
