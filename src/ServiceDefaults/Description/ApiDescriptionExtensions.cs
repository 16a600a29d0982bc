using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;

namespace Waybill.ServiceDefaults.Description;

/// <summary>What <c>/openapi/v1.json</c> of every service has besides its endpoints: who describes itself, how to sign in, what refusals look like.</summary>
public static class ApiDescriptionExtensions
{
    private const string Scheme = "ApiKey";

    /// <param name="title">The service, for people.</param>
    /// <param name="description">What it is for, in a sentence or two.</param>
    /// <param name="knownWords">Of a type that is a list of words which later releases may add to: those there are now. Of others null.</param>
    public static IHostApplicationBuilder AddApiDescription(
        this IHostApplicationBuilder builder,
        string title,
        string description,
        Func<Type, IReadOnlyList<string>?> knownWords)
    {
        builder.Services.AddOpenApi(options =>
        {
            options.AddSchemaTransformer(ApiSchemas.Correct);
            options.AddSchemaTransformer((schema, context, _) =>
            {
                WordSchema.Describe(schema, context, knownWords);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(ApiProblems.Describe);
            options.AddDocumentTransformer((document, _, _) =>
            {
                Introduce(document, title, description);
                return Task.CompletedTask;
            });
        });

        return builder;
    }

    private static void Introduce(OpenApiDocument document, string title, string description)
    {
        document.Info = new OpenApiInfo { Title = title, Description = description, Version = "1" };

        // Relative: where the document was read, behind whatever proxy that was.
        document.Servers = [new OpenApiServer { Url = "/" }];

        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "Authorization: Bearer <api key>. A key belongs to an owner, who sees what is its own, or to an operator, who sees all.",
            },
        };

        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
    }
}
