using System.Globalization;
using Waybill.DeliveryWorker.Delivery;

namespace Waybill.Bench.Scale.Needs;

/// <summary>Workers and queues for receivers of different speed, as a worker's places are held for as long as a call lasts.</summary>
internal static class ReceiversTable
{
    private static readonly double[] Seconds = [0.05, 0.25, 1, 5];
    private static readonly int[] Places = [new DeliveryOptions().Concurrency, 256];

    public static MarkdownTable Of(ScaleInputs inputs)
    {
        var table = new MarkdownTable("receivers", ["receivers answer within", "`Delivery:Concurrency`", .. ScaleInputs.Rates.Select(rate => $"workers at {MarkdownTable.Number(rate)}"), "messages in flight at 100,000, at most", "queues"]);

        foreach (var seconds in Seconds)
        {
            foreach (var places in Places)
            {
                Add(table, inputs with { ReceiverSeconds = seconds, Places = places });
            }
        }

        return table;
    }

    private static void Add(MarkdownTable table, ScaleInputs inputs)
    {
        var highest = ScaleInputs.Rates[^1];

        table.Add(
        [
            inputs.ReceiverSeconds.ToString("0.## s", CultureInfo.InvariantCulture),
            MarkdownTable.Number(inputs.Places),
            .. ScaleInputs.Rates.Select(rate => MarkdownTable.Number(Tasks.Of(inputs, rate).Worker)),
            MarkdownTable.Number(Queues.MostInFlight(inputs, highest)),
            MarkdownTable.Number(Queues.Needed(inputs, highest)),
        ]);
    }
}
