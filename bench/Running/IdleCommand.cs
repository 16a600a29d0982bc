using System.CommandLine;
using System.Globalization;
using System.Text;
using Waybill.Bench.Measuring;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Running;

/// <summary>An hour without a notification, scaled from less: what Waybill takes when it has nothing to do.</summary>
internal static class IdleCommand
{
    private const double SecondsInHour = 3600;

    /// <summary>Start-up work and the first polls are not idleness.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long to watch; the figures are scaled to an hour.",
            DefaultValueFactory = _ => 60,
        };

        var command = new Command("idle", "An idle hour, scaled: CPU, DynamoDB and SQS calls without any notification.") { seconds };

        var backend = new BackendOptions();
        backend.AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var waybill = await WaybillUnderTest.StartAsync(backend.Choice(parsed), 1, new Dictionary<string, string>(), cancellationToken);
            await Task.Delay(Settling, cancellationToken);

            var watched = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            var before = await Snapshot.TakeAsync(waybill, cancellationToken);
            await Task.Delay(watched, cancellationToken);
            var after = await Snapshot.TakeAsync(waybill, cancellationToken);

            Console.WriteLine(Describe(after.Since(before), watched));
        });

        return command;
    }

    private static string Describe(Snapshot use, TimeSpan watched)
    {
        var hours = watched.TotalSeconds / SecondsInHour;
        var aws = AwsUse.Of(use.Totals, hours);
        var text = new StringBuilder();

        text.AppendLine(CultureInfo.InvariantCulture, $"an idle hour, scaled from {watched.TotalSeconds} s");

        foreach (var service in use.Services)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {service.Name,-18} {service.CpuMilliseconds / hours / 1000,7:0.0} s CPU, peak {service.PeakMegabytes:0} MB");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"  DynamoDB: {aws.DynamoDbCalls:0} calls, {aws.WriteUnits:0} write units, {aws.ReadUnits:0} read units");
        text.AppendLine(CultureInfo.InvariantCulture, $"  SQS: {aws.SqsCalls:0} calls, {aws.SqsBytes:0} bytes");
        return text.ToString();
    }
}
