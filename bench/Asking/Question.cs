using System.Text.Json;
using Waybill.Bench.Storing;
using Waybill.Notifications.Json;
using Waybill.TestSupport;

namespace Waybill.Bench.Asking;

/// <summary>What a client or an operator asks the status service.</summary>
/// <param name="Key">The API key.</param>
/// <param name="IsRight">Whether an answer says what was stored: a wrong one may be as cheap as it likes.</param>
internal sealed record Question(string Name, string Key, string Path, Func<JsonElement, bool> IsRight)
{
    public Limits Limits { get; init; } = Limits.None;

    public static IReadOnlyList<Question> Of(Stored stored)
    {
        var set = stored.Set;
        var ten = new Limits { Units = 50, Calls = 3, P99 = 100 };
        var day = $"/v1/summary?from={Time(set.DayEnd.AddDays(-1))}&to={Time(set.DayEnd)}";
        var many = $"{Failures}&from={Time(set.Many.From)}&to={Time(set.Many.To)}";
        var scattered = $"{Failures}&from={Time(set.Scattered.From)}&to={Time(set.Scattered.To)}";
        var correlated = $"{List}?correlationId={StoredSet.CorrelationId}";

        return
        [
            new("the ten failures, by their owner", TestKeys.Alice, Failures, Are(StoredFor.Failures)) { Limits = ten },
            new("the ten failures, by an operator", TestKeys.Operator, Failures, Are(StoredFor.Failures)) { Limits = ten },
            new("ten failures of ten hours, of one owner", TestKeys.Operator, $"{scattered}&owner={StoredSet.OwnerOfScattered}", Are(StoredFor.ScatteredFailures)) { Limits = new Limits { Units = 50 } },
            new("eight failures of one host among 2,000", TestKeys.Operator, $"{many}&host={StoredSet.OneHost}", Are(StoredFor.FailuresOfOneHost)),
            new("by correlation id, by its owner", TestKeys.Alice, correlated, Are(StoredFor.Correlation)) { Limits = new Limits { Units = 5 } },
            new("by correlation id, by an operator", TestKeys.Operator, correlated, Are(StoredFor.Correlation)) { Limits = new Limits { Units = 5 } },
            new("the newest 50 of an owner", TestKeys.Alice, $"{List}?limit=50", answer => Ids(answer).Count() == 50),
            new("the newest 50 of all", TestKeys.Operator, $"{List}?limit=50", answer => Ids(answer).Count() == 50),
            new("overview of a day, of an owner", TestKeys.Alice, day, answer => Counts(answer, (set.Count + 4) / 5, StoredSet.Failures)) { Limits = new Limits { Units = 200 } },
            new("overview of a day, of all", TestKeys.Operator, day, answer => Counts(answer, set.Count, StoredSet.Failures)) { Limits = new Limits { Units = 200 } },
            new(
                "overview of 90 days, of all",
                TestKeys.Operator,
                $"/v1/summary?from={Time(set.DayEnd.AddDays(-90))}&to={Time(set.DayEnd)}",
                answer => Counts(answer, set.Count + StoredSet.OfManyFailures + StoredSet.Failures, (2 * StoredSet.Failures) + StoredSet.OfManyFailures)),
        ];

        Func<JsonElement, bool> Are(StoredFor question)
        {
            var wanted = stored.Ids[question].ToHashSet();
            return answer => wanted.SetEquals(Ids(answer)) && !answer.TryGetProperty("cursor", out _);
        }
    }

    private const string List = "/v1/notifications";
    private const string Failures = $"{List}?status=FAILED&final=true";

    private static IEnumerable<string> Ids(JsonElement answer) => answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!);

    private static bool Counts(JsonElement summary, int accepted, int failed) =>
        summary.GetProperty("complete").GetBoolean()
        && summary.GetProperty("notifications").GetInt64() == accepted
        && summary.GetProperty("byStatus").GetProperty("failed").GetInt64() == failed
        && summary.GetProperty("failures").EnumerateArray().Sum(group => group.GetProperty("count").GetInt32()) == failed;

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(Rfc3339.Text(time));
}

/// <summary>What a question may cost; what is null is not judged.</summary>
internal sealed record Limits
{
    public static Limits None { get; } = new();

    /// <summary>Of reads and writes together.</summary>
    public double? Units { get; init; }

    /// <summary>To DynamoDB.</summary>
    public double? Calls { get; init; }

    /// <summary>In milliseconds. No test holds it.</summary>
    public double? P99 { get; init; }
}
