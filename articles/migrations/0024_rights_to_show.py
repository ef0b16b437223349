import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_copies"),
    ]

    operations = [
        migrations.AddField(
            model_name="outlet",
            name="allows_pictures",
            field=models.BooleanField(
                default=False,
                help_text="Tick it if we may show its pictures although we may not show its whole texts. With whole texts they are always shown. Without it no page, card or feed shows a picture of its articles.",
                verbose_name="pictures may be shown too",
            ),
        ),
        migrations.AddField(
            model_name="outlet",
            name="contact_url",
            field=models.URLField(blank=True, help_text="Where readers reach its newsroom.", verbose_name="contact"),
        ),
        migrations.AddField(
            model_name="outlet",
            name="corrections_url",
            field=models.URLField(
                blank=True, help_text="Where it lists what it got wrong.", verbose_name="corrections"
            ),
        ),
        migrations.AddField(
            model_name="outlet",
            name="ethics_url",
            field=models.URLField(
                blank=True, help_text="Where it says by which rules it works.", verbose_name="ethics policy"
            ),
        ),
        migrations.AddField(
            model_name="trustpage",
            name="answers",
            field=models.CharField(
                blank=True,
                choices=[
                    ("principles", "By which rules we work"),
                    ("ownership", "Who owns and pays us"),
                    ("corrections", "What we do about mistakes"),
                    ("ethics", "What we do not do: ethics"),
                ],
                help_text="Search engines are led to this page for that question, on the pages of our own outlets.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="image",
            name="file",
            field=models.ImageField(
                height_field="height",
                help_text="JPEG, PNG or WebP, at least 1200 pixels on its shorter side.",
                max_length=200,
                unique=True,
                upload_to="images/%Y/%m/",
                validators=[django.core.validators.FileExtensionValidator(("jpg", "jpeg", "png", "webp"))],
                width_field="width",
            ),
        ),
    ]
