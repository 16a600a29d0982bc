using System.Text.Json;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Signing;

namespace Waybill.OpenApi.Tests;

/// <summary>What the services say of themselves is sound by a linter's judgement, complete, and what they do.</summary>
public sealed class DocumentTests(OpenApiFixture fixture) : IClassFixture<OpenApiFixture>
{
    private const int RequestsForEachOperation = 150;

    [Fact]
    public async Task The_linter_finds_nothing_in_intakes_document() => await LintAsync(fixture.Intake);

    [Fact]
    public async Task The_linter_finds_nothing_in_the_status_services_document() => await LintAsync(fixture.Status);

    [Fact]
    public async Task Every_operation_says_what_it_is_and_gives_examples_of_what_goes_in_and_out()
    {
        var lacking = new List<string>();

        foreach (var service in new[] { fixture.Intake, fixture.Status })
        {
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(await fixture.SaveDocumentAsync(service)));

            foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
            {
                foreach (var operation in path.Value.EnumerateObject())
                {
                    lacking.AddRange(Lacking(operation.Value).Select(what => $"{operation.Name} {path.Name}: {what}"));
                }
            }
        }

        Assert.Empty(lacking);
    }

    /// <summary>Rules out that a receiver gets something else than the document says.</summary>
    [Fact]
    public async Task The_webhook_is_described_as_a_receiver_has_got_it()
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(await fixture.SaveDocumentAsync(fixture.Intake)));
        var call = document.RootElement.GetProperty("webhooks").GetProperty("delivery").GetProperty("post");
        var headers = call.GetProperty("parameters").EnumerateArray().Where(one => one.GetProperty("in").GetString() == "header").ToList();
        var names = headers.Select(one => one.GetProperty("name").GetString()!).ToList();

        Assert.StartsWith("3.1", document.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal([WebhookHeaders.Id, WebhookHeaders.Timestamp, WebhookHeaders.Signature, "traceparent"], names);
        Assert.All(headers.Where(one => one.TryGetProperty("required", out var required) && required.GetBoolean()), one =>
            Assert.Contains(one.GetProperty("name").GetString()!, fixture.DeliveredHeaders.Keys));
        Assert.Superset(fixture.DeliveredHeaders.Keys.Where(name => name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)).ToHashSet(StringComparer.OrdinalIgnoreCase), names.ToHashSet(StringComparer.OrdinalIgnoreCase));
        Assert.Contains(WebhookHeaders.Signature, fixture.DeliveredHeaders.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(["2XX", "3XX", "408", "410", "425", "429", "4XX", "5XX"], call.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order(StringComparer.Ordinal));
        Assert.True(call.GetProperty("responses").GetProperty("429").GetProperty("headers").TryGetProperty("Retry-After", out _));
        Assert.Equal(0, call.GetProperty("security").GetArrayLength());
    }

    /// <summary>Rules out that an owner is told something else than the document says, or of a type that it does not name.</summary>
    [Fact]
    public async Task Each_callback_is_described_with_an_example_and_as_an_endpoint_has_got_it()
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(await fixture.SaveDocumentAsync(fixture.Intake)));

        var run = await fixture.Tools.RunAsync("callbacks.mjs", JsonSerializer.Serialize(fixture.Callbacks), fixture.Intake.AbsoluteUri);

        Assert.Equal(CallbackTypes.All.Prepend("delivery"), document.RootElement.GetProperty("webhooks").EnumerateObject().Select(webhook => webhook.Name));
        Assert.True(run.ExitCode == 0, run.Output);
    }

    /// <summary>The seed of a failure is in the message; set WAYBILL_OPENAPI_SEED to it to send the same again.</summary>
    [Fact]
    public async Task Whatever_is_sent_no_answer_is_a_5xx_or_outside_the_document()
    {
        var seed = Environment.GetEnvironmentVariable("WAYBILL_OPENAPI_SEED") ?? Random.Shared.Next(1, int.MaxValue).ToString(provider: null);

        var run = await fixture.Tools.RunAsync("property.mjs", seed, RequestsForEachOperation.ToString(provider: null), Settings(), fixture.Intake.AbsoluteUri, fixture.Status.AbsoluteUri);

        Assert.True(run.ExitCode == 0, run.Output);

        // So that it is not all refused. What takes luck to meet, such as 412, is not asked for.
        Assert.All(["200", "201", "202", "204", "400", "401", "403", "404", "409", "415"], status => Assert.True(run.Output.Contains($"\"{status}\":", StringComparison.Ordinal), run.Output));
    }

    [Fact]
    public async Task The_document_and_the_service_judge_the_bounds_of_every_field_alike()
    {
        var run = await fixture.Tools.RunAsync("fields.mjs", Settings(), fixture.Intake.AbsoluteUri, fixture.Status.AbsoluteUri);

        Assert.True(run.ExitCode == 0, run.Output);
    }

    private async Task LintAsync(Uri service)
    {
        var run = await fixture.Tools.RunAsync("node_modules/@redocly/cli/bin/cli.js", "lint", "--config=redocly.yaml", await fixture.SaveDocumentAsync(service));
        Assert.True(run.ExitCode == 0, run.Output);
    }

    private static IEnumerable<string> Lacking(JsonElement operation)
    {
        if (!operation.TryGetProperty("summary", out _))
        {
            yield return "summary";
        }

        if (operation.TryGetProperty("requestBody", out var body) && !HasExample(body))
        {
            yield return "example of the request";
        }

        foreach (var response in operation.GetProperty("responses").EnumerateObject().Where(response => !HasExample(response.Value)))
        {
            yield return $"example of {response.Name}";
        }
    }

    private static bool HasExample(JsonElement described) =>
        !described.TryGetProperty("content", out var content)
        || content.EnumerateObject().All(media => media.Value.TryGetProperty("example", out _));

    private string Settings() => JsonSerializer.Serialize(new
    {
        keys = new
        {
            client = TestSupport.TestKeys.Alice,
            other = TestSupport.TestKeys.Bob,
            @operator = TestSupport.TestKeys.Operator,
            @internal = TestSupport.TestKeys.Internal,
        },
        ids = new { owners = new[] { "alice" }, notifications = fixture.Ids.Notifications, tenants = fixture.Ids.Tenants, endpoints = fixture.Ids.Endpoints, events = fixture.Ids.Events },
    });
}
