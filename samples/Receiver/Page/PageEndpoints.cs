namespace Waybill.Receiver.Page;

/// <summary>A page for people: what came in, and which URLs there are. It asks nothing of any other host.</summary>
public static class PageEndpoints
{
    private const string OwnHostOnly =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

    public static void MapPage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = OwnHostOnly;
            return Embedded("page.html", "text/html; charset=utf-8");
        });

        app.MapGet("/page.css", () => Embedded("page.css", "text/css; charset=utf-8"));
        app.MapGet("/page.js", () => Embedded("page.js", "text/javascript; charset=utf-8"));
    }

    private static IResult Embedded(string name, string contentType) =>
        Results.Stream(typeof(PageEndpoints).Assembly.GetManifestResourceStream(name)!, contentType);
}
