using Waybill.Bench.Scenarios;

namespace Waybill.Bench.Offering;

/// <summary>
/// Posts at times fixed in advance, whether or not earlier posts have been answered, so that a system that falls behind cannot
/// slow its load down and hide the delay.
/// </summary>
/// <param name="copies">Gets each accepted notification's id; null for no copies.</param>
internal sealed class OpenLoop(SubmissionClient client, Scenario scenario, IReadOnlyList<Uri> hosts, string run, QueueCopies? copies)
{
    private readonly Submission _submission = new(scenario.PayloadBytes, scenario.RetrySchedule);

    /// <param name="perSecond">Null: all are due at once.</param>
    public async Task<IReadOnlyList<Offer>> OfferAsync(int count, double? perSecond, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(scenario.Connections);
        var posts = new Task<Offer>[count];
        var pace = new Pace(perSecond);

        for (var number = 0; number < count; number++)
        {
            var dueAt = await pace.UntilAsync(number, cancellationToken);

            await places.WaitAsync(cancellationToken);
            posts[number] = PostAsync(number, dueAt, places, cancellationToken);
        }

        return await Task.WhenAll(posts);
    }

    private async Task<Offer> PostAsync(int number, long dueAt, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        try
        {
            var destination = scenario.Destination(number, hosts);
            var content = _submission.To(new Uri(destination.Host, $"/{run}/{number}"));

            var offer = await client.PostAsync(number, destination, dueAt, content, cancellationToken);

            if (copies is not null && offer.Id is { } id)
            {
                await copies.SendAsync(id);
            }

            return offer;
        }
        finally
        {
            places.Release();
        }
    }
}
