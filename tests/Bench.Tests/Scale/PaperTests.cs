using System.Globalization;
using Waybill.Bench.Scale;
using Waybill.Bench.Scale.Cost;
using Waybill.Bench.Scale.Needs;
using Waybill.Infra.Services;
using Waybill.TestSupport;

namespace Waybill.Bench.Tests.Scale;

/// <summary>Rules out figures other than those that were measured, and a document that shows others than the command.</summary>
public sealed class PaperTests
{
    private static readonly string Cost = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cost.md"));

    [Fact]
    public void The_document_shows_what_the_command_prints()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "scale.md"));
        var made = ScaleDocument.With(ScaleReport.Tables(new ScaleInputs()), document);

        Assert.True(document == made, "docs/scale.md has old tables: dotnet run -c Release --project bench -- scale --update");
    }

    [Fact]
    public void A_table_without_a_place_in_the_document_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => ScaleDocument.With([new MarkdownTable("unknown", "a")], "# Scale\n"));

    [Theory]
    [InlineData("DynamoDB writes", Prices.WriteUnits)]
    [InlineData("DynamoDB reads", Prices.ReadUnits)]
    [InlineData("DynamoDB storage", Prices.Storage)]
    [InlineData("DynamoDB backup (point in time)", Prices.Backup)]
    [InlineData("SQS requests", Prices.QueueRequests)]
    [InlineData("Fargate ARM, vCPU", Prices.VirtualCpu)]
    [InlineData("Fargate ARM, memory", Prices.Memory)]
    [InlineData("NAT traffic", Prices.NatTraffic)]
    [InlineData("Load balancer capacity", Prices.CapacityUnit)]
    [InlineData("Traffic between zones", Prices.ZoneTraffic)]
    [InlineData("Traffic to the internet", Prices.InternetTraffic)]
    [InlineData("Logs, taken in", Prices.LogsIn)]
    [InlineData("Logs, kept", Prices.LogsKept)]
    [InlineData("X-Ray traces", Prices.Traces)]
    public void A_price_is_that_of_the_cost_page(string what, double price) => Assert.Equal(price, Cell(what, 1));

    [Fact]
    public void An_idle_deployment_costs_what_the_cost_page_says() => Assert.Equal(
        Cell("**sum**", 4),
        Prices.IdleWithoutTasks + Cell("Fargate ARM, vCPU", 4) + Cell("Fargate ARM, memory", 4),
        2);

    [Fact]
    public void Write_units_are_those_that_were_measured()
    {
        Assert.Equal(Cell("write request units, delivered at once", 1), WriteUnits.Delivery.Sum);
        Assert.Equal(Cell("write request units, for each retry", 1), WriteUnits.Retry.Sum);
    }

    /// <summary>By the cost page: 15.30 $ for the notifications, which have no retries there, besides the tasks.</summary>
    [Fact]
    public void A_million_notifications_cost_what_the_cost_page_says()
    {
        var month = new MonthlyCost(new ScaleInputs { Retries = 0 }, Habits.Deployed, 1_000);

        Assert.InRange((month.Sum - month.TaskHours - Prices.IdleWithoutTasks) / month.Millions, Cell("**sum**", 6) - 0.02, Cell("**sum**", 6) + 0.02);
    }

    [Fact]
    public void Half_the_CPU_for_a_notification_needs_half_the_tasks()
    {
        var inputs = new ScaleInputs();
        var half = inputs with { Cpu = inputs.Cpu with { Status = inputs.Cpu.Status / 2 } };

        Assert.InRange(Tasks.Of(half, 100_000).Status, (Tasks.Of(inputs, 100_000).Status / 2) - 1, (Tasks.Of(inputs, 100_000).Status / 2) + 1);
        Assert.Equal(Tasks.Of(inputs, 100_000).Intake, Tasks.Of(half, 100_000).Intake);
        Assert.Equal(Sizes.LeastTasks, Tasks.Of(inputs, 1).Status);
    }

    private static double Cell(string row, int cell)
    {
        var line = Cost.Split('\n').First(line => line.StartsWith($"| {row} |", StringComparison.Ordinal));
        return double.Parse(line.Trim('|').Split('|')[cell].Trim(' ', '*'), NumberStyles.Number, CultureInfo.InvariantCulture);
    }
}
