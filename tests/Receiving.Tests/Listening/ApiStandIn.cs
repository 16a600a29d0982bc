using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.Receiving.Tests.Listening;

/// <summary>What the command line asks of StatusService, with answers that a test can add to, and take away.</summary>
internal sealed class ApiStandIn : IAsyncDisposable
{
    private readonly ConcurrentStack<JsonObject> _notifications = new();
    private readonly ConcurrentDictionary<string, string> _requests = new();
    private AnsweringServer _server = null!;

    public Uri Url => _server.Url;

    /// <summary>Whether it answers 503.</summary>
    public bool IsDown { get; set; }

    public IReadOnlyCollection<string> Asked => _server.Asked;

    public static async Task<ApiStandIn> StartAsync()
    {
        var api = new ApiStandIn();
        api._server = await AnsweringServer.StartAsync(api.AnswerAsync);
        return api;
    }

    /// <param name="request">As the API shows it.</param>
    /// <returns>The event's id.</returns>
    public string Add(string request)
    {
        var number = _requests.Count.ToString(CultureInfo.InvariantCulture);
        var view = JsonNode.Parse(NotificationExample.View)!.AsObject();
        view["id"] = $"ntf_{number}";
        view["eventId"] = $"evt_{number}";
        view["eventType"] = "order.paid";
        view["createdAt"] = Rfc3339.Text(DateTimeOffset.UtcNow);
        _requests[$"ntf_{number}"] = request;
        _notifications.Push(view);
        return $"evt_{number}";
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (IsDown)
        {
            return Microsoft.AspNetCore.Http.Results.Problem(statusCode: 503, title: "The table cannot be reached.", type: "urn:waybill:problem:table-unavailable").ExecuteAsync(context);
        }

        context.Response.ContentType = "application/json";
        var path = context.Request.Path.Value!.Split('/');

        return context.Response.WriteAsync(path is [.., var id, "request"]
            ? _requests[id]
            : new JsonObject { ["items"] = new JsonArray([.. _notifications.Select(one => one.DeepClone())]) }.ToJsonString());
    }
}
