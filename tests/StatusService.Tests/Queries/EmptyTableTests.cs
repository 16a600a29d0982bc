using System.Net;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Queries;

/// <summary>Rules out that a question fails because there is nothing yet to answer it with.</summary>
[Collection(StatusCollection.Name)]
public sealed class EmptyTableTests(StatusFixture fixture) : IAsyncLifetime
{
    private StatusServiceHost _service = null!;

    public async Task InitializeAsync() => _service = await StatusServiceHost.StartInProcessAsync(fixture.Backends, ("Table__Name", await fixture.NewTableAsync()));

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Every_question_of_many_is_answered()
    {
        string[] filters = ["", "correlationId=order-4711", "status=FAILED", "status=PENDING", "status=SUCCESS", "final=true", "host=example.com", "category=TIMEOUT", "tenant=example-ltd", "eventType=order.paid"];
        string[] questions =
        [
            .. filters.Select(filter => $"v1/notifications?{filter}"),
            .. filters.Select(filter => $"v1/notifications/export?{filter}"),
            "v1/summary",
            "v1/tenants",
            "v1/endpoints/unwell",
        ];
        var refused = new List<string>();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        foreach (var question in questions)
        {
            foreach (var key in new[] { TestKeys.Operator, TestKeys.Alice })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_service.PublicUrl, question)) { Headers = { Authorization = new("Bearer", key) } };
                using var answer = await http.SendAsync(request);

                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    refused.Add($"{question}, {key}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                }
            }
        }

        Assert.Empty(refused);
    }
}
