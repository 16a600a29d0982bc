using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Waybill.IntakeService.Dispatching;
using Waybill.Notifications.StatusApi;

namespace Waybill.IntakeService.Tests.Dispatching;

/// <summary>Rules out that what owners are told costs a call with each pass of a busy Dispatcher, or holds up or ends a pass.</summary>
public sealed class UpkeepRoundTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task It_is_asked_for_at_most_twice_a_second()
    {
        var service = new Service(() => Task.FromResult(Answer(3, more: false)));
        var round = Round(service);

        Assert.Equal(new UpkeepResponse(3, More: false), await PassAsync(round));
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(new UpkeepResponse(0, More: false), await PassAsync(round));
        Assert.Equal(1, service.Calls);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new UpkeepResponse(3, More: false), await PassAsync(round));
        Assert.Equal(2, service.Calls);
    }

    [Fact]
    public async Task What_is_left_is_told_until_the_next_one()
    {
        var service = new Service(() => Task.FromResult(Answer(500, more: true)));
        var round = Round(service);

        Assert.Equal(new UpkeepResponse(500, More: true), await PassAsync(round));
        Assert.Equal(new UpkeepResponse(0, More: true), await PassAsync(round));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task A_failure_is_no_matter_of_the_pass(HttpStatusCode status)
    {
        var round = Round(new Service(() => Task.FromResult(new HttpResponseMessage(status))));

        Assert.Equal(new UpkeepResponse(0, More: false), await PassAsync(round));
    }

    [Fact]
    public async Task A_pass_waits_a_second_for_it_and_a_later_one_has_what_came_of_it()
    {
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        var service = new Service(() => slow.Task);
        var round = Round(service);

        var passing = PassAsync(round);
        Assert.False(passing.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new UpkeepResponse(0, More: true), await passing);

        slow.SetResult(Answer(7, more: false));
        Assert.Equal(new UpkeepResponse(7, More: false), await PassAsync(round));
        Assert.Equal(1, service.Calls);
    }

    private UpkeepRound Round(Service service) => new(new StatusClient(new HttpClient(service) { BaseAddress = new Uri("http://status.example") }), _time, NullLogger.Instance);

    private static async Task<UpkeepResponse> PassAsync(UpkeepRound round)
    {
        round.Begin(CancellationToken.None);
        return await round.EndAsync(CancellationToken.None);
    }

    private static HttpResponseMessage Answer(int done, bool more) => new(HttpStatusCode.OK)
    {
        Content = new StringContent($$"""{"done":{{done}},"more":{{(more ? "true" : "false")}}}""", Encoding.UTF8, "application/json"),
    };

    private sealed class Service(Func<Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal((HttpMethod.Post, "/internal/upkeep"), (request.Method, request.RequestUri!.AbsolutePath));
            Interlocked.Increment(ref _calls);
            return answer();
        }
    }
}
