using System.Collections.Concurrent;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;
using Xunit.Abstractions;

namespace Waybill.IntakeService.Tests.Memory;

/// <summary>
/// Whatever clients send within the limits, as many as they like at a time, the process stays under 400 MiB, and a small post of somebody else
/// is taken meanwhile. The container has 768.
/// </summary>
[Collection(HungryCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class MemoryTests(ITestOutputHelper output, IntakeFixture intake)
{
    private const int MostMebibytes = 400;

    /// <summary>Posts at a time of an owner.</summary>
    private const int Times = 64;

    public static TheoryData<string> Names => [.. HungryBodies.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task One_owner_does_not_fill_the_service_with(string name)
    {
        await using var crowd = await Crowd.ComeToAsync(intake.Setup);
        var (path, _) = HungryBodies.All[name];

        var answers = await crowd.PostAsync(path, HungryBodies.BytesOf(name), owners: 1, Times);

        AssertPeak(crowd, name, answers);
    }

    [Theory]
    [InlineData(HungryBodies.PayloadsOfZeros)]
    [InlineData(HungryBodies.PayloadInBase64)]
    public async Task Many_owners_together_do_not_fill_the_service_with(string name)
    {
        await using var crowd = await Crowd.ComeToAsync(intake.Setup);
        var (path, _) = HungryBodies.All[name];

        var answers = await crowd.PostAsync(path, HungryBodies.BytesOf(name), owners: Crowd.Owners, Times / 2);

        AssertPeak(crowd, $"{Crowd.Owners} owners: {name}", answers);
    }

    [Theory]
    [InlineData(HungryBodies.PayloadsOfZeros)]
    [InlineData(HungryBodies.PayloadInBase64)]
    public async Task It_makes_no_difference_that_a_body_does_not_say_how_long_it_is(string name)
    {
        await using var crowd = await Crowd.ComeToAsync(intake.Setup);
        var (path, _) = HungryBodies.All[name];

        var answers = await crowd.PostAsync(path, HungryBodies.BytesOf(name), owners: 1, Times, saysHowLong: false);

        AssertPeak(crowd, $"chunked: {name}", answers);
    }

    [Fact]
    public async Task While_the_status_service_does_not_answer_what_waits_for_it_does_not_fill_the_service()
    {
        const int Posts = 256;
        await using var crowd = await Crowd.ComeToAsync(intake.Setup);
        var held = new TaskCompletionSource();
        var body = HungryBodies.BytesOf(HungryBodies.PayloadInBase64);
        var answers = new ConcurrentDictionary<int, int>();

        using (intake.Setup.Relay.Hold(StatusClient.Accept, held.Task))
        {
            var posts = Enumerable.Range(0, Crowd.Owners).Select(owner => crowd.PostAloneAsync(HungryBodies.Single, body, owner, Posts / Crowd.Owners, answers)).ToArray();
            await Eventually.BecomesAsync(() => Task.FromResult(answers.Values.Sum() + intake.Setup.Relay.Held), settled => settled == Posts);
            held.SetResult();
            await Task.WhenAll(posts);
        }

        Assert.True(answers[429] > 0 && answers[202] > 0);
        AssertPeak(crowd, "held by the status service", answers);
    }

    [Theory]
    [InlineData("bodies that drip", 600, 512 * 1024, 100 * 1024)]
    [InlineData("batches that drip", 300, 8 * 1024 * 1024, 400 * 1024)]
    public async Task Who_begins_and_does_not_go_on_fills_neither_the_service_nor_anybodys_way(string name, int connections, int announced, int sent)
    {
        await using var crowd = await Crowd.ComeToAsync(intake.Setup);
        var path = announced > 512 * 1024 ? HungryBodies.Batch : HungryBodies.Single;
        var head = $"POST {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {Crowd.KeyOf(0)}\r\nContent-Type: application/json\r\nContent-Length: {announced}\r\n\r\n";

        await HoldAsync(crowd, connections, head + new string(' ', sent));

        AssertPeak(crowd, name, new Dictionary<int, int>());
    }

    [Theory]
    [InlineData("headers that do not end", 1000, "")]
    [InlineData("headers of the largest size", 1000, "\r\n\r\n")]
    public async Task Headers_do_not_fill_it(string name, int connections, string end)
    {
        await using var crowd = await Crowd.ComeToAsync(intake.Setup);
        var headers = string.Concat(Enumerable.Range(0, 60).Select(number => $"X-Hungry-{number}: {new string('x', 240)}\r\n"));

        await HoldAsync(crowd, connections, $"GET /v1/nothing HTTP/1.1\r\nHost: a\r\n{headers.TrimEnd()}{end}");

        AssertPeak(crowd, name, new Dictionary<int, int>());
    }

    [Fact]
    public async Task Bodies_of_those_who_have_no_key_are_not_kept()
    {
        await using var crowd = await Crowd.ComeToAsync(intake.Setup);
        var head = "POST /v1/notifications/batch HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 8388608\r\n\r\n";

        await HoldAsync(crowd, 500, head + new string(' ', 1024 * 1024));

        AssertPeak(crowd, "without a key", new Dictionary<int, int>());
    }

    private static async Task HoldAsync(Crowd crowd, int connections, string text)
    {
        var begun = await crowd.BeginAsync(connections, text);

        for (var post = 0; post < 20; post++)
        {
            await crowd.AssertThatBobIsServedAsync();
        }

        foreach (var connection in begun)
        {
            connection.Dispose();
        }
    }

    private void AssertPeak(Crowd crowd, string name, IReadOnlyDictionary<int, int> answers)
    {
        var peak = crowd.PeakMebibytes;
        output.WriteLine($"{peak} MiB: {name}; answers: {string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key}: {answer.Value}"))}");

        Assert.True(peak < MostMebibytes, $"{peak} MiB at most at a time");
        Assert.DoesNotContain("OutOfMemory", crowd.Printed, StringComparison.Ordinal);
    }
}
