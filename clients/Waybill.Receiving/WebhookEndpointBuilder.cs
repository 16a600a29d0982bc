using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Receiving.Pipeline;
using Waybill.Receiving.Repeats;
using Waybill.Receiving.Verification;

namespace Waybill.Receiving;

/// <summary>A mapped webhook: what it believes, and whether it takes one twice.</summary>
public sealed class WebhookEndpointBuilder : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder _route;
    private readonly IServiceProvider _services;
    private readonly EndpointSettings _settings;

    internal WebhookEndpointBuilder(IEndpointConventionBuilder route, IServiceProvider services, EndpointSettings settings)
    {
        _route = route;
        _services = services;
        _settings = settings;
    }

    /// <summary>
    /// Believes what is signed with one of these secrets, as the Standard Webhooks specification has it (version <c>v1</c>), and is no older or newer than
    /// <see cref="WebhookOptions.ToleranceSeconds"/>. Anything else is answered with 400, 401 or 413.
    /// </summary>
    /// <param name="secrets"><c>whsec_</c> and the base 64 of 24–64 bytes; several while one takes another's place.</param>
    /// <exception cref="ArgumentException">There is none, or one of them is no secret: the message names it by its place and does not show it.</exception>
    public WebhookEndpointBuilder VerifyStandardWebhook(params string[] secrets) => Verify(KeySources.Given(secrets));

    /// <summary>The same, with the secrets that this gives for each request.</summary>
    public WebhookEndpointBuilder VerifyStandardWebhook(IWebhookSecrets secrets) => Verify(KeySources.Of(secrets));

    /// <summary>The same, with those of the configuration (<c>AddWebhooks</c>) or of a class of one's own (<c>AddWebhookSecrets</c>).</summary>
    /// <exception cref="InvalidOperationException">Neither is registered, or the configuration has no secret.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is wrong, such as a secret that is none; the message names it.</exception>
    public WebhookEndpointBuilder VerifyStandardWebhook() => Verify(KeySources.Registered(_services));

    /// <summary>
    /// Believes anyone: for a sender without secrets, behind something else that checks who calls. <c>webhook-id</c> and <c>webhook-timestamp</c> are asked for all the same;
    /// the time may be any.
    /// </summary>
    public WebhookEndpointBuilder WithoutVerification()
    {
        _settings.IsUnverified = true;
        _settings.Keys = null;
        return this;
    }

    /// <summary>
    /// Runs the handler for each <c>webhook-id</c> until it has succeeded once, which is when it answers 2xx, and not again: a repeat is answered with 204, and one that comes while the
    /// first is under way waits for it, or is answered with 503 and <c>Retry-After</c>. After a failure the next one runs the handler.
    /// </summary>
    /// <remarks>The handler's answer is held back until the success is on record.</remarks>
    /// <param name="scope">
    /// Within what an id is unique: one sender's calls must not pass for another's. By default the request's path, so that a tenant that is part of it counts. Give one where
    /// senders are told apart otherwise. At most 255 characters.
    /// </param>
    /// <exception cref="InvalidOperationException">Nothing that remembers is registered.</exception>
    public WebhookEndpointBuilder WithoutRepeats(Func<HttpContext, string>? scope = null)
    {
        if (_services.GetService<IServiceProviderIsService>()?.IsService(typeof(IWebhookDeduplication)) != true)
        {
            throw new InvalidOperationException(
                "WithoutRepeats() has nothing that remembers: call builder.Services.AddInMemoryWebhookDeduplication(), or AddWebhookDeduplication<…>() of Waybill.Receiving.EntityFrameworkCore.");
        }

        _settings.Scope = scope ?? WebhookScope.OfPath;
        return this;
    }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => _route.Add(convention);

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention) => _route.Finally(finallyConvention);

    private WebhookEndpointBuilder Verify(KeySource keys)
    {
        _settings.Keys = keys;
        _settings.IsUnverified = false;
        return this;
    }
}
