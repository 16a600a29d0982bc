using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Waybill.Receiving.Verification;

/// <summary>The secrets of <see cref="WebhookOptions"/>, as they are now.</summary>
internal sealed class ConfiguredSecrets(IOptionsMonitor<WebhookOptions> options) : IWebhookSecrets
{
    public bool Any => options.CurrentValue.Secrets.Count > 0;

    public ValueTask<IReadOnlyList<string>> GetAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(options.CurrentValue.Secrets.AsReadOnly());
}
