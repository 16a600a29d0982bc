using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.Receiving.Tests.Support;

namespace Waybill.Receiving.Tests.Verification;

/// <summary>Rules out that a secret of anybody else's is believed, that a change of one loses calls, and that a wrong one is found out by the first call, or shown.</summary>
public sealed class SecretTests
{
    private const string Wrong = "whsec_dG9vIHNob3J0";

    private readonly ConcurrentQueue<Webhook> _handled = new();

    [Fact]
    public async Task While_a_secret_is_changed_calls_with_the_old_the_new_and_both_are_believed()
    {
        await using var receiver = await TestReceiver.StartAsync(_handled, hook => hook.VerifyStandardWebhook(Call.Secret, Call.OtherSecret));

        foreach (var secrets in new string[][] { [Call.Secret], [Call.OtherSecret], [Call.Secret, Call.OtherSecret], [Call.OtherSecret, Call.Secret] })
        {
            Assert.Equal(HttpStatusCode.OK, (await receiver.SendAsync(new Call { Secrets = secrets })).Status);
        }
    }

    [Theory]
    [InlineData(Wrong)]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("")]
    public async Task A_wrong_secret_fails_where_it_is_given_and_is_named_without_being_shown(string secret)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => TestReceiver.StartAsync(_handled, hook => hook.VerifyStandardWebhook(Call.Secret, secret)));

        Assert.Contains("secrets[1] must be 'whsec_' and the base 64 of 24 to 64 bytes.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Call.Secret, error.Message, StringComparison.Ordinal);
        Assert.True(secret.Length == 0 || !error.Message.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_secret_at_all_fails_where_it_is_not_given()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => TestReceiver.StartAsync(_handled, hook => hook.VerifyStandardWebhook([])));

        var unregistered = await Assert.ThrowsAsync<InvalidOperationException>(() => TestReceiver.StartAsync(_handled, hook => hook.VerifyStandardWebhook()));
        Assert.Contains("AddWebhooks()", unregistered.Message, StringComparison.Ordinal);

        var unset = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestReceiver.StartAsync(_handled, hook => hook.VerifyStandardWebhook(), builder => builder.Services.AddWebhooks()));
        Assert.Contains("Webhooks:Secrets:0", unset.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_is_wrong_fails_the_start_by_its_name()
    {
        var secret = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(("Webhooks:Secrets:0", Call.Secret), ("Webhooks:Secrets:1", Wrong)));
        var range = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(("Webhooks:Secrets:0", Call.Secret), ("Webhooks:ToleranceSeconds", "0")));

        Assert.Contains("Webhooks:Secrets:1", secret.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, secret.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(WebhookOptions.ToleranceSeconds), range.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_of_the_configuration_are_those_it_has_now()
    {
        await using var receiver = await StartAsync(("Webhooks:Secrets:0", Call.Secret));
        var configuration = (IConfigurationRoot)receiver.Services.GetRequiredService<IConfiguration>();

        var before = await receiver.SendAsync(new Call { Secrets = [Call.OtherSecret] });
        configuration["Webhooks:Secrets:1"] = Call.OtherSecret;
        configuration.Reload();
        var after = await receiver.SendAsync(new Call { Secrets = [Call.OtherSecret] });
        var old = await receiver.SendAsync(new Call());

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK), (before.Status, after.Status, old.Status));
    }

    [Fact]
    public async Task Each_tenant_has_secrets_of_its_own_and_one_that_nobody_knows_is_answered_as_a_wrong_signature()
    {
        await using var receiver = await TestReceiver.StartAsync(
            app => app.MapWebhook("/hooks/{tenant}", _handled.Enqueue).VerifyStandardWebhook(),
            builder => builder.Services.AddWebhookSecrets<TenantSecrets>().AddInMemoryWebhookDeduplication());

        var acme = await receiver.SendAsync(new Call { Path = "/hooks/acme" });
        var foreign = await receiver.SendAsync(new Call { Path = "/hooks/example-ltd" });
        var unknown = await receiver.SendAsync(new Call { Path = "/hooks/nobody" });
        var broken = await receiver.SendAsync(new Call { Path = "/hooks/broken" });

        Assert.Equal(HttpStatusCode.OK, acme.Status);
        Assert.Equal((HttpStatusCode.Unauthorized, foreign.Body), (unknown.Status, unknown.Body));
        Assert.Equal(HttpStatusCode.InternalServerError, broken.Status);
        Assert.Contains(receiver.Lines.All, line => line.Text.Contains("TenantSecrets[1] must be 'whsec_'", StringComparison.Ordinal));
        Assert.Single(_handled);
    }

    private Task<TestReceiver> StartAsync(params (string Name, string Value)[] settings) => TestReceiver.StartAsync(
        _handled,
        hook => hook.VerifyStandardWebhook(),
        builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
            builder.Services.AddWebhooks();
        });

    private sealed class TenantSecrets : IWebhookSecrets
    {
        public ValueTask<IReadOnlyList<string>> GetAsync(HttpContext context, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<string>>(
            context.Request.RouteValues["tenant"] switch
            {
                "acme" => [Call.Secret],
                "example-ltd" => [Call.OtherSecret],
                "broken" => [Call.Secret, Wrong],
                _ => [],
            });
    }
}
