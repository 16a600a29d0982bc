using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Waybill.Hosting.Egress;
using Waybill.Hosting.Endpoints;
using Waybill.StatusService.Page.Actions;
using Waybill.StatusService.Page.Endpoints;
using Waybill.StatusService.Page.Redeliveries;
using Waybill.StatusService.Page.Sessions;

namespace Waybill.StatusService.Page;

/// <summary>
/// The page's own files, embedded in the assembly. Each is asked for again with its tag at every visit, so that a new version
/// of the service is a new version of the page at once.
/// </summary>
internal static class PageAssets
{
    private const string Prefix = "page/";
    private const string Document = "index.html";

    /// <summary>Addresses that people may open, share and come back to; the page itself shows what belongs there.</summary>
    private static readonly string[] Addresses =
    [
        "/", "/notifications", "/notifications/{id}", "/tenants", "/tenants/{tenant}", "/tenants/{tenant}/endpoints/{id}", "/events/{id}", "/redeliveries",
        "/redeliveries/{id}",
    ];

    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly FrozenDictionary<string, Asset> Assets = Read().ToFrozenDictionary(StringComparer.Ordinal);

    public static void MapAssets(this WebApplication app)
    {
        var page = app.MapGroup("").ExcludeFromDescription();

        foreach (var address in Addresses)
        {
            page.MapGet(address, (HttpContext context) => Answer(context, Document));
        }

        page.MapGet("/assets/{**name}", (string name, HttpContext context) => Answer(context, name));
    }

    private static IResult Answer(HttpContext context, string name)
    {
        if (!Assets.TryGetValue(name, out var asset))
        {
            return TypedResults.NotFound();
        }

        SecurityHeaders.AddTo(context.Response);
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: asset.Tag);
    }

    private static IEnumerable<KeyValuePair<string, Asset>> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();

        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);

            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexString(SHA256.HashData(content)[..12])}\"");
            yield return new(resource[Prefix.Length..].Replace('\\', '/'), new Asset(content, ContentTypes[Path.GetExtension(resource)], tag));
        }
    }

    private sealed record Asset(byte[] Content, string ContentType, EntityTagHeaderValue Tag);
}

internal static class PageExtensions
{
    public static WebApplicationBuilder AddPage(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PageOptions>()
            .BindConfiguration(PageOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.AddEgressGuard();
        builder.Services.AddSingleton<EndpointReader>();
        builder.AddSessions();
        return builder;
    }

    /// <summary>The operator page at <c>/</c>, its files, its sessions, and what its buttons do.</summary>
    public static void MapPage(this WebApplication app)
    {
        app.MapAssets();
        app.MapSession();
        app.MapActions();
        app.MapPageTenants();
        app.MapEndpointActions();
        app.MapPageRedeliveries();
    }
}
