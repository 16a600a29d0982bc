using System.Text.Json.Serialization;
using Waybill.Receiver.Answers;
using Waybill.Receiver.Page;
using Waybill.Receiver.Recording;
using Waybill.Receiver.Verification;

namespace Waybill.Receiver;

/// <summary>
/// A target for notifications that answers as its URL asks and remembers what it was sent. A test hosts it by itself:
/// <c>Build(["--urls=http://127.0.0.1:0"])</c>, <c>StartAsync</c>, and <c>Urls</c> then has the port.
/// </summary>
public static class ReceiverApp
{
    /// <summary>Where it listens unless <c>--urls</c> or <c>ASPNETCORE_URLS</c> says otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5199";

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);

        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(SigningKeys.Read(builder.Configuration));
        builder.Services.AddSingleton<Inbox>();
        builder.Services.AddSingleton<FailureCounts>();
        builder.Services.AddSingleton<Breakdown>();
        builder.Services.AddSingleton<AnswerWriter>();
        builder.Services.AddSingleton<RequestReader>();
        builder.Services.AddSingleton<Responder>();
        builder.Services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull);

        var app = builder.Build();

        app.MapPage();
        app.MapInbox();
        Breakdown.Map(app);
        app.MapAnswers();
        app.MapHealthChecks("/alive");
        app.MapHealthChecks("/health");

        return app;
    }
}
