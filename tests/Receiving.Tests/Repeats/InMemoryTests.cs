using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Waybill.Receiving.Tests.Support;
using Waybill.TestSupport;
using Results = Microsoft.AspNetCore.Http.Results;

namespace Waybill.Receiving.Tests.Repeats;

/// <summary>Rules out that a handler succeeds twice with one webhook, that one it failed with is lost, and that a 2xx is given before it has succeeded.</summary>
public sealed class InMemoryTests
{
    private readonly FakeTimeProvider _time = Clock.Stopped();
    private readonly ConcurrentQueue<Webhook> _handled = new();

    [Fact]
    public async Task A_repeat_is_answered_with_a_success_and_not_handled_again()
    {
        await using var receiver = await StartAsync(webhook => Results.Text("stored", statusCode: 201));
        var call = new Call();

        var first = await receiver.SendAsync(call);
        var second = await receiver.SendAsync(call with { Timestamp = call.Timestamp + 60 });
        var other = await receiver.SendAsync(new Call());

        Assert.Equal((HttpStatusCode.Created, "stored"), (first.Status, first.Body));
        Assert.Equal((HttpStatusCode.NoContent, ""), (second.Status, second.Body));
        Assert.Equal(HttpStatusCode.Created, other.Status);
        Assert.Equal(2, _handled.Count);
    }

    [Fact]
    public async Task A_repeat_with_a_wrong_signature_learns_nothing()
    {
        await using var receiver = await StartAsync(_ => Results.NoContent());
        var call = new Call();

        await receiver.SendAsync(call);
        var forged = await receiver.SendAsync(call with { Secrets = [Call.OtherSecret] });

        Assert.Equal(HttpStatusCode.Unauthorized, forged.Status);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(503)]
    [InlineData(null)]
    public async Task After_a_failure_it_is_handled_again(int? status)
    {
        await using var receiver = await StartAsync(_ => _handled.Count > 1 ? Results.NoContent() : status is { } code ? Results.StatusCode(code) : throw new InvalidOperationException("A bug."));
        var call = new Call();

        var first = await receiver.SendAsync(call);
        var second = await receiver.SendAsync(call);

        Assert.Equal(status ?? 500, (int)first.Status);
        Assert.Equal(HttpStatusCode.NoContent, second.Status);
        Assert.Equal(2, _handled.Count);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Race_of_two_calls_with_one_id_is_won_by_the_first_and_the_second_takes_over_where_that_fails(bool firstSucceeds, int runs)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await StartAsync(async _ =>
        {
            var isFirst = _handled.Count == 1;
            await release.Task;
            return isFirst && !firstSucceeds ? Results.StatusCode(500) : Results.Text("handled");
        });
        var call = new Call();

        var first = receiver.SendAsync(call);
        await Eventually.HoldsAsync(() => _handled.Count == 1);
        var second = receiver.SendAsync(call);
        await WaitsAsync(receiver);
        release.SetResult();

        Assert.Equal(firstSucceeds ? HttpStatusCode.OK : HttpStatusCode.InternalServerError, (await first).Status);
        Assert.Equal(firstSucceeds ? HttpStatusCode.NoContent : HttpStatusCode.OK, (await second).Status);
        Assert.Equal(runs, _handled.Count);
    }

    [Fact]
    public async Task Who_has_waited_long_enough_is_told_to_come_again_and_then_finds_it_handled()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await StartAsync(async _ =>
        {
            await release.Task;
            return Results.NoContent();
        });
        var call = new Call();

        var first = receiver.SendAsync(call);
        await Eventually.HoldsAsync(() => _handled.Count == 1);
        var second = receiver.SendAsync(call);
        await Eventually.HoldsAsync(() => IsOverAfterASecond(second));
        release.SetResult();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), ((await second).Status, (await second).RetryAfter));
        Assert.Equal(HttpStatusCode.NoContent, (await first).Status);
        var third = call with { Timestamp = _time.GetUtcNow().ToUnixTimeSeconds() };
        Assert.Equal(HttpStatusCode.NoContent, (await receiver.SendAsync(third)).Status);
        Assert.Single(_handled);
    }

    [Fact]
    public async Task An_id_is_forgotten_after_its_time_and_not_before()
    {
        await using var receiver = await StartAsync(_ => Results.NoContent(), options => options.RememberHours = 2);
        var call = new Call();

        foreach (var (passed, handled) in new[] { (0, 1), (119, 1), (1, 2) })
        {
            _time.Advance(TimeSpan.FromMinutes(passed));
            await receiver.SendAsync(call with { Timestamp = _time.GetUtcNow().ToUnixTimeSeconds() });
            Assert.Equal(handled, _handled.Count);
        }
    }

    [Fact]
    public async Task No_more_are_remembered_than_were_allowed_and_that_is_said_once()
    {
        await using var receiver = await StartAsync(_ => Results.NoContent(), options => options.MaxRemembered = 2);
        var calls = Enumerable.Range(0, 4).Select(_ => new Call()).ToList();

        foreach (var call in calls)
        {
            await receiver.SendAsync(call);
        }

        await receiver.SendAsync(calls[3]);
        await receiver.SendAsync(calls[2]);
        Assert.Equal(4, _handled.Count);
        await receiver.SendAsync(calls[0]);
        Assert.Equal(5, _handled.Count);
        Assert.Single(receiver.Lines.All, line => line.Text.Contains("Webhooks:MaxRemembered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_id_of_one_tenant_is_none_of_another()
    {
        await using var receiver = await TestReceiver.StartAsync(
            app => app.MapWebhook("/hooks/{tenant}", _handled.Enqueue).VerifyStandardWebhook(Call.Secret).WithoutRepeats(),
            builder => builder.Services.AddInMemoryWebhookDeduplication());
        var call = new Call();

        foreach (var path in new[] { "/hooks/acme", "/hooks/Acme", "/hooks/acme/", $"/hooks/{new string('x', 400)}", $"/hooks/{new string('x', 400)}" })
        {
            Assert.True((await receiver.SendAsync(call with { Path = path })).Status is HttpStatusCode.OK or HttpStatusCode.NoContent);
        }

        Assert.Equal(3, _handled.Count);
    }

    [Fact]
    public async Task A_scope_of_ones_own_takes_the_paths_place()
    {
        await using var receiver = await TestReceiver.StartAsync(
            app => app.MapWebhook("/hooks/{tenant}", _handled.Enqueue).VerifyStandardWebhook(Call.Secret).WithoutRepeats(_ => "all"),
            builder => builder.Services.AddInMemoryWebhookDeduplication());
        var call = new Call();

        await receiver.SendAsync(call with { Path = "/hooks/acme" });
        await receiver.SendAsync(call with { Path = "/hooks/other" });

        Assert.Single(_handled);
    }

    [Fact]
    public async Task With_nothing_that_remembers_the_start_fails_and_says_what_there_is()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestReceiver.StartAsync(_handled, hook => hook.VerifyStandardWebhook(Call.Secret).WithoutRepeats()));

        Assert.Contains("AddInMemoryWebhookDeduplication()", error.Message, StringComparison.Ordinal);
        Assert.Contains("Waybill.Receiving.EntityFrameworkCore", error.Message, StringComparison.Ordinal);
    }

    private Task<TestReceiver> StartAsync(Func<Webhook, IResult> handler, Action<WebhookOptions>? configure = null) =>
        StartAsync(webhook => Task.FromResult(handler(webhook)), configure);

    private Task<TestReceiver> StartAsync(Func<Webhook, Task<IResult>> handler, Action<WebhookOptions>? configure = null) => TestReceiver.StartAsync(
        app => app
            .MapWebhook("/hook", (Webhook webhook) =>
            {
                _handled.Enqueue(webhook);
                return handler(webhook);
            })
            .VerifyStandardWebhook(Call.Secret)
            .WithoutRepeats(),
        builder =>
        {
            builder.Services.AddInMemoryWebhookDeduplication();
            builder.Services.AddWebhooks(configure);
        },
        _time);

    private bool IsOverAfterASecond(Task call)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return call.IsCompleted;
    }

    /// <summary>The second call has arrived, and nobody but its waiting holds it.</summary>
    private static Task WaitsAsync(TestReceiver receiver) =>
        Eventually.HoldsAsync(() => receiver.Lines.All.Count(line => line.Text.Contains("Executing endpoint", StringComparison.Ordinal)) == 2);
}
