using System.Diagnostics.Metrics;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Tests.InternalApi.Batching;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Transitions;

/// <summary>What a claim costs: its first write is the one that the claim before it needed.</summary>
[Collection(StatusCollection.Name)]
public sealed class BacklogClaimTests : IDisposable
{
    private readonly StatusFixture _fixture;
    private readonly Situation _situation;
    private readonly InProcess _service;
    private readonly MeterListener _listener = new();
    private int _updates;

    public BacklogClaimTests(StatusFixture fixture)
    {
        _fixture = fixture;
        _situation = new Situation(fixture.Backends.DynamoDbClient);
        _service = new InProcess(fixture.Backends);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == WaybillTelemetry.Name && instrument.Name == "waybill.aws.calls")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, calls, tags, _) =>
        {
            if (tags.Contains(new KeyValuePair<string, object?>(WaybillTelemetry.AwsOperation, "UpdateItem")))
            {
                Interlocked.Add(ref _updates, (int)calls);
            }
        });
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _service.Dispose();
    }

    [Fact]
    public async Task The_first_claim_of_a_kind_takes_two_writes_and_those_after_it_one()
    {
        List<int> writes =
        [
            await Backlog(),
            await Backlog(),
            await Backlog(),
            await Fresh(),
            await Fresh(),
            await Backlog(),
            await Backlog(),
        ];

        Assert.Equal([2, 1, 1, 2, 1, 2, 1], writes);
    }

    [Fact]
    public async Task A_fresh_notification_is_one_write_from_the_start()
    {
        Assert.Equal(1, await Fresh());
        Assert.Equal(1, await Fresh());
    }

    [Fact]
    public async Task A_claim_that_is_refused_changes_nothing_about_the_next()
    {
        await Backlog();

        Assert.Equal(1, await Refused(FromState.Success));
        Assert.Equal(1, await Refused(FromState.Processing));
        Assert.Equal(1, await Backlog());
    }

    [Fact]
    public async Task A_lease_that_was_left_behind_is_taken_over_in_a_backlog_too()
    {
        await Backlog();
        var id = await _situation.Of(FromState.LeaseExpired);

        var (claim, writes) = await Claim(id);

        Assert.Equal(2, writes);
        Assert.Equal(claim!.Lease!.Until, claim.DueAt);
        Assert.Equal("lease_expired", Assert.Single(claim.History).ErrorCode);
    }

    /// <returns>How many writes it took to claim a notification whose due time lies before the lease's end.</returns>
    private async Task<int> Backlog()
    {
        var (record, writes) = await Claim(await _situation.Of(FromState.Queued));

        Assert.Equal(record!.Lease!.Until, record.DueAt);
        return writes;
    }

    private async Task<int> Fresh()
    {
        var accepted = (await _fixture.Status.Client.AcceptAsync(Submissions.New(), CancellationToken.None)).Record!;

        var (record, writes) = await Claim(accepted.Id);

        Assert.True(record!.Lease!.Until <= accepted.DueAt);
        Assert.Equal(accepted.DueAt, record.DueAt);
        return writes;
    }

    private async Task<int> Refused(FromState state)
    {
        var (record, writes) = await Claim(await _situation.Of(state));

        Assert.Null(record);
        return writes;
    }

    /// <summary>The record as it is stored after the claim, or null where it was refused.</summary>
    private async Task<(NotificationRecord? Record, int Writes)> Claim(string id)
    {
        var before = _updates;
        var (claim, _) = await _service.Claim.ClaimAsync(id, new ClaimRequest("worker"), CancellationToken.None);
        var writes = _updates - before;
        var stored = await _fixture.Status.Client.GetAsync(id, CancellationToken.None);

        Assert.Equal(claim is null ? null : stored!.DueAt, claim?.Record.DueAt);
        return (claim is null ? null : stored, writes);
    }
}
