using System.Text.Json.Nodes;
using Waybill.Notifications.StatusApi;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Processes;

/// <summary>
/// Two neighbouring releases that run side by side: the code of both is this one's, and what the other would send, answer, write and
/// read otherwise is changed on the way.
/// </summary>
internal sealed class Releases(World world)
{
    /// <summary>What the release after adds to everything: an attribute, a member.</summary>
    public const string Unknown = "zz";

    /// <summary>Members that this release has added to answers.</summary>
    private static readonly string[] NewMembers = ["dispatches", "waitingReason", "redeliveredAt", "lastAttempt", "requestIsGone", "event", "secrets", "endpoint"];

    /// <summary>Members of requests that may be missing.</summary>
    private static readonly string[] OptionalMembers = ["token", "reason", "correlationId", "deliverAt", "traceparent", "target"];

    /// <summary>Calls that this release has added.</summary>
    private static readonly string[] NewCalls = [StatusClient.AcceptEvent, StatusClient.FinishFanOut, Cause.Upkeep];

    /// <summary>Members that this release has added to a call's body, where they are of an event.</summary>
    private static readonly Dictionary<string, string> EventMembers = new() { [StatusClient.Claim] = "target", [StatusClient.Result] = "url" };

    private static readonly Dictionary<string, string> NewCategories = new()
    {
        ["NETWORK_ERROR"] = "CONNECTION_LOST",
        ["CLIENT_ERROR"] = "GONE_FOR_GOOD",
    };

    private readonly Release _other = world.Random.Next(2) == 0 ? Release.Before : Release.After;

    public bool AreTwo => world.Faults.Profile.Rollouts > 0;

    /// <summary>True where some write and read without what this release has added.</summary>
    public bool AnyBefore => AreTwo && _other == Release.Before;

    /// <param name="slot">Whose process is to start there.</param>
    public Release Any(string slot) => AreTwo && world.Random.Next(2) == 0 && MayBe(_other, slot) ? _other : Release.This;

    /// <summary>Where there are events no worker is of the release before: it comes to them before intake takes the first.</summary>
    public bool MayBe(Release release, string slot) => release != Release.Before || !world.Theme.Events || !slot.StartsWith("worker", StringComparison.Ordinal);

    /// <summary>Whether the message says which event it is of: that of the release before does not.</summary>
    public bool SaysTarget() => !(world.Theme.Events && AnyBefore && world.Random.Next(2) == 0);

    public static bool Knows(Release release, StatusRequest request) => release != Release.Before || !NewCalls.Contains(request.Transition);

    public Release OtherThan(Release release) => release == Release.This ? _other : Release.This;

    /// <summary>What a process of that release sends.</summary>
    public static StatusRequest OfRequest(Release sender, StatusRequest request)
    {
        if (sender == Release.This || request is not { Call: not null, Content: { } content })
        {
            return request;
        }

        var line = JsonNode.Parse(content)!;

        if (sender == Release.Before && request.Transition == StatusClient.FinishFanOut)
        {
            // What is due it takes for a notification.
            line["transition"] = StatusClient.Dispatch;
            line["body"] = new JsonObject { ["dueAt"] = SimulatedClock.Start };
        }
        else if (sender == Release.After)
        {
            Rename(line["body"]?["result"]);
            Decorate(line);

            if (request.Transition == StatusClient.Release)
            {
                line["body"]!["reason"] = "HOST_ASLEEP";
            }
        }
        else if (request.Transition is StatusClient.Claim or StatusClient.Release)
        {
            Remove(line["body"], OptionalMembers);
        }

        return request.With(Bytes(line));
    }

    /// <summary>What a status service of that release reads of a call.</summary>
    public static StatusRequest Read(Release reader, StatusRequest request)
    {
        if (reader != Release.Before || request.Content is not { } content || !EventMembers.TryGetValue(request.Transition, out var name))
        {
            return request;
        }

        var line = JsonNode.Parse(content)!;
        line["body"]!.AsObject().Remove(name);
        return request.With(Bytes(line));
    }

    /// <summary>What a status service of that release answers.</summary>
    public static byte[] OfAnswer(Release answerer, byte[] body)
    {
        if (answerer == Release.This || body.Length == 0)
        {
            return body;
        }

        var json = JsonNode.Parse(body)!;

        if (answerer == Release.After)
        {
            Decorate(json);
        }
        else
        {
            Remove(json, NewMembers);
        }

        return Bytes(json);
    }

    private static byte[] Bytes(JsonNode json) => System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());

    private static void Rename(JsonNode? result)
    {
        if (result?["category"]?.GetValue<string>() is not { } category || !NewCategories.TryGetValue(category, out var renamed))
        {
            return;
        }

        result["category"] = renamed;

        if (result["errorDetails"] is JsonObject details)
        {
            details["category"] = renamed;
        }
    }

    /// <summary>Into each object, but for a client's headers, whose names are the client's.</summary>
    private static void Decorate(JsonNode? json)
    {
        switch (json)
        {
            case JsonObject members:
                foreach (var member in members.Where(member => member.Key != "headers").ToList())
                {
                    Decorate(member.Value);
                }

                members[Unknown] = new JsonObject { ["since"] = "the release after" };
                break;

            case JsonArray elements:
                foreach (var element in elements)
                {
                    Decorate(element);
                }

                break;
        }
    }

    private static void Remove(JsonNode? json, string[] names)
    {
        switch (json)
        {
            case JsonObject members:
                foreach (var name in names)
                {
                    members.Remove(name);
                }

                foreach (var member in members)
                {
                    Remove(member.Value, names);
                }

                break;

            case JsonArray elements:
                foreach (var element in elements)
                {
                    Remove(element, names);
                }

                break;
        }
    }
}
